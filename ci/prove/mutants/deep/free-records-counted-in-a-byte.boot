boot v1
board roomy
InstallPeiMemory dram0 whole
ReturnToDispatcher
p0 = AllocatePages BootServicesData 1
p1 = AllocatePages BootServicesData 1
p2 = AllocatePages BootServicesData 1
p3 = AllocatePages BootServicesData 1
p4 = AllocatePages BootServicesData 1
p5 = AllocatePages BootServicesData 1
p6 = AllocatePages BootServicesData 1
p7 = AllocatePages BootServicesData 1
p8 = AllocatePages BootServicesData 1
p9 = AllocatePages BootServicesData 1
p10 = AllocatePages BootServicesData 1
p11 = AllocatePages BootServicesData 1
p12 = AllocatePages BootServicesData 1
p13 = AllocatePages BootServicesData 1
p14 = AllocatePages BootServicesData 1
p15 = AllocatePages BootServicesData 1
p16 = AllocatePages BootServicesData 1
p17 = AllocatePages BootServicesData 1
p18 = AllocatePages BootServicesData 1
p19 = AllocatePages BootServicesData 1
p20 = AllocatePages BootServicesData 1
p21 = AllocatePages BootServicesData 1
p22 = AllocatePages BootServicesData 1
p23 = AllocatePages BootServicesData 1
p24 = AllocatePages BootServicesData 1
p25 = AllocatePages BootServicesData 1
p26 = AllocatePages BootServicesData 1
p27 = AllocatePages BootServicesData 1
p28 = AllocatePages BootServicesData 1
p29 = AllocatePages BootServicesData 1
p30 = AllocatePages BootServicesData 1
p31 = AllocatePages BootServicesData 1
p32 = AllocatePages BootServicesData 1
p33 = AllocatePages BootServicesData 1
p34 = AllocatePages BootServicesData 1
p35 = AllocatePages BootServicesData 1
p36 = AllocatePages BootServicesData 1
p37 = AllocatePages BootServicesData 1
p38 = AllocatePages BootServicesData 1
p39 = AllocatePages BootServicesData 1
p40 = AllocatePages BootServicesData 1
p41 = AllocatePages BootServicesData 1
p42 = AllocatePages BootServicesData 1
p43 = AllocatePages BootServicesData 1
p44 = AllocatePages BootServicesData 1
p45 = AllocatePages BootServicesData 1
p46 = AllocatePages BootServicesData 1
p47 = AllocatePages BootServicesData 1
p48 = AllocatePages BootServicesData 1
p49 = AllocatePages BootServicesData 1
p50 = AllocatePages BootServicesData 1
p51 = AllocatePages BootServicesData 1
p52 = AllocatePages BootServicesData 1
p53 = AllocatePages BootServicesData 1
p54 = AllocatePages BootServicesData 1
p55 = AllocatePages BootServicesData 1
p56 = AllocatePages BootServicesData 1
p57 = AllocatePages BootServicesData 1
p58 = AllocatePages BootServicesData 1
p59 = AllocatePages BootServicesData 1
p60 = AllocatePages BootServicesData 1
p61 = AllocatePages BootServicesData 1
p62 = AllocatePages BootServicesData 1
p63 = AllocatePages BootServicesData 1
p64 = AllocatePages BootServicesData 1
p65 = AllocatePages BootServicesData 1
p66 = AllocatePages BootServicesData 1
p67 = AllocatePages BootServicesData 1
p68 = AllocatePages BootServicesData 1
p69 = AllocatePages BootServicesData 1
p70 = AllocatePages BootServicesData 1
p71 = AllocatePages BootServicesData 1
p72 = AllocatePages BootServicesData 1
p73 = AllocatePages BootServicesData 1
p74 = AllocatePages BootServicesData 1
p75 = AllocatePages BootServicesData 1
p76 = AllocatePages BootServicesData 1
p77 = AllocatePages BootServicesData 1
p78 = AllocatePages BootServicesData 1
p79 = AllocatePages BootServicesData 1
p80 = AllocatePages BootServicesData 1
p81 = AllocatePages BootServicesData 1
p82 = AllocatePages BootServicesData 1
p83 = AllocatePages BootServicesData 1
p84 = AllocatePages BootServicesData 1
p85 = AllocatePages BootServicesData 1
p86 = AllocatePages BootServicesData 1
p87 = AllocatePages BootServicesData 1
p88 = AllocatePages BootServicesData 1
p89 = AllocatePages BootServicesData 1
p90 = AllocatePages BootServicesData 1
p91 = AllocatePages BootServicesData 1
p92 = AllocatePages BootServicesData 1
p93 = AllocatePages BootServicesData 1
p94 = AllocatePages BootServicesData 1
p95 = AllocatePages BootServicesData 1
p96 = AllocatePages BootServicesData 1
p97 = AllocatePages BootServicesData 1
p98 = AllocatePages BootServicesData 1
p99 = AllocatePages BootServicesData 1
p100 = AllocatePages BootServicesData 1
p101 = AllocatePages BootServicesData 1
p102 = AllocatePages BootServicesData 1
p103 = AllocatePages BootServicesData 1
p104 = AllocatePages BootServicesData 1
p105 = AllocatePages BootServicesData 1
p106 = AllocatePages BootServicesData 1
p107 = AllocatePages BootServicesData 1
p108 = AllocatePages BootServicesData 1
p109 = AllocatePages BootServicesData 1
p110 = AllocatePages BootServicesData 1
p111 = AllocatePages BootServicesData 1
p112 = AllocatePages BootServicesData 1
p113 = AllocatePages BootServicesData 1
p114 = AllocatePages BootServicesData 1
p115 = AllocatePages BootServicesData 1
p116 = AllocatePages BootServicesData 1
p117 = AllocatePages BootServicesData 1
p118 = AllocatePages BootServicesData 1
p119 = AllocatePages BootServicesData 1
p120 = AllocatePages BootServicesData 1
p121 = AllocatePages BootServicesData 1
p122 = AllocatePages BootServicesData 1
p123 = AllocatePages BootServicesData 1
p124 = AllocatePages BootServicesData 1
p125 = AllocatePages BootServicesData 1
p126 = AllocatePages BootServicesData 1
p127 = AllocatePages BootServicesData 1
p128 = AllocatePages BootServicesData 1
p129 = AllocatePages BootServicesData 1
p130 = AllocatePages BootServicesData 1
p131 = AllocatePages BootServicesData 1
p132 = AllocatePages BootServicesData 1
p133 = AllocatePages BootServicesData 1
p134 = AllocatePages BootServicesData 1
p135 = AllocatePages BootServicesData 1
p136 = AllocatePages BootServicesData 1
p137 = AllocatePages BootServicesData 1
p138 = AllocatePages BootServicesData 1
p139 = AllocatePages BootServicesData 1
p140 = AllocatePages BootServicesData 1
p141 = AllocatePages BootServicesData 1
p142 = AllocatePages BootServicesData 1
p143 = AllocatePages BootServicesData 1
p144 = AllocatePages BootServicesData 1
p145 = AllocatePages BootServicesData 1
p146 = AllocatePages BootServicesData 1
p147 = AllocatePages BootServicesData 1
p148 = AllocatePages BootServicesData 1
p149 = AllocatePages BootServicesData 1
p150 = AllocatePages BootServicesData 1
p151 = AllocatePages BootServicesData 1
p152 = AllocatePages BootServicesData 1
p153 = AllocatePages BootServicesData 1
p154 = AllocatePages BootServicesData 1
p155 = AllocatePages BootServicesData 1
p156 = AllocatePages BootServicesData 1
p157 = AllocatePages BootServicesData 1
p158 = AllocatePages BootServicesData 1
p159 = AllocatePages BootServicesData 1
p160 = AllocatePages BootServicesData 1
p161 = AllocatePages BootServicesData 1
p162 = AllocatePages BootServicesData 1
p163 = AllocatePages BootServicesData 1
p164 = AllocatePages BootServicesData 1
p165 = AllocatePages BootServicesData 1
p166 = AllocatePages BootServicesData 1
p167 = AllocatePages BootServicesData 1
p168 = AllocatePages BootServicesData 1
p169 = AllocatePages BootServicesData 1
p170 = AllocatePages BootServicesData 1
p171 = AllocatePages BootServicesData 1
p172 = AllocatePages BootServicesData 1
p173 = AllocatePages BootServicesData 1
p174 = AllocatePages BootServicesData 1
p175 = AllocatePages BootServicesData 1
p176 = AllocatePages BootServicesData 1
p177 = AllocatePages BootServicesData 1
p178 = AllocatePages BootServicesData 1
p179 = AllocatePages BootServicesData 1
p180 = AllocatePages BootServicesData 1
p181 = AllocatePages BootServicesData 1
p182 = AllocatePages BootServicesData 1
p183 = AllocatePages BootServicesData 1
p184 = AllocatePages BootServicesData 1
p185 = AllocatePages BootServicesData 1
p186 = AllocatePages BootServicesData 1
p187 = AllocatePages BootServicesData 1
p188 = AllocatePages BootServicesData 1
p189 = AllocatePages BootServicesData 1
p190 = AllocatePages BootServicesData 1
p191 = AllocatePages BootServicesData 1
p192 = AllocatePages BootServicesData 1
p193 = AllocatePages BootServicesData 1
p194 = AllocatePages BootServicesData 1
p195 = AllocatePages BootServicesData 1
p196 = AllocatePages BootServicesData 1
p197 = AllocatePages BootServicesData 1
p198 = AllocatePages BootServicesData 1
p199 = AllocatePages BootServicesData 1
p200 = AllocatePages BootServicesData 1
p201 = AllocatePages BootServicesData 1
p202 = AllocatePages BootServicesData 1
p203 = AllocatePages BootServicesData 1
p204 = AllocatePages BootServicesData 1
p205 = AllocatePages BootServicesData 1
p206 = AllocatePages BootServicesData 1
p207 = AllocatePages BootServicesData 1
p208 = AllocatePages BootServicesData 1
p209 = AllocatePages BootServicesData 1
p210 = AllocatePages BootServicesData 1
p211 = AllocatePages BootServicesData 1
p212 = AllocatePages BootServicesData 1
p213 = AllocatePages BootServicesData 1
p214 = AllocatePages BootServicesData 1
p215 = AllocatePages BootServicesData 1
p216 = AllocatePages BootServicesData 1
p217 = AllocatePages BootServicesData 1
p218 = AllocatePages BootServicesData 1
p219 = AllocatePages BootServicesData 1
p220 = AllocatePages BootServicesData 1
p221 = AllocatePages BootServicesData 1
p222 = AllocatePages BootServicesData 1
p223 = AllocatePages BootServicesData 1
p224 = AllocatePages BootServicesData 1
p225 = AllocatePages BootServicesData 1
p226 = AllocatePages BootServicesData 1
p227 = AllocatePages BootServicesData 1
p228 = AllocatePages BootServicesData 1
p229 = AllocatePages BootServicesData 1
p230 = AllocatePages BootServicesData 1
p231 = AllocatePages BootServicesData 1
p232 = AllocatePages BootServicesData 1
p233 = AllocatePages BootServicesData 1
p234 = AllocatePages BootServicesData 1
p235 = AllocatePages BootServicesData 1
p236 = AllocatePages BootServicesData 1
p237 = AllocatePages BootServicesData 1
p238 = AllocatePages BootServicesData 1
p239 = AllocatePages BootServicesData 1
p240 = AllocatePages BootServicesData 1
p241 = AllocatePages BootServicesData 1
p242 = AllocatePages BootServicesData 1
p243 = AllocatePages BootServicesData 1
p244 = AllocatePages BootServicesData 1
p245 = AllocatePages BootServicesData 1
p246 = AllocatePages BootServicesData 1
p247 = AllocatePages BootServicesData 1
p248 = AllocatePages BootServicesData 1
p249 = AllocatePages BootServicesData 1
p250 = AllocatePages BootServicesData 1
p251 = AllocatePages BootServicesData 1
p252 = AllocatePages BootServicesData 1
p253 = AllocatePages BootServicesData 1
p254 = AllocatePages BootServicesData 1
p255 = AllocatePages BootServicesData 1
p256 = AllocatePages BootServicesData 1
p257 = AllocatePages BootServicesData 1
p258 = AllocatePages BootServicesData 1
p259 = AllocatePages BootServicesData 1
p260 = AllocatePages BootServicesData 1
p261 = AllocatePages BootServicesData 1
p262 = AllocatePages BootServicesData 1
p263 = AllocatePages BootServicesData 1
p264 = AllocatePages BootServicesData 1
p265 = AllocatePages BootServicesData 1
p266 = AllocatePages BootServicesData 1
p267 = AllocatePages BootServicesData 1
p268 = AllocatePages BootServicesData 1
p269 = AllocatePages BootServicesData 1
p270 = AllocatePages BootServicesData 1
p271 = AllocatePages BootServicesData 1
p272 = AllocatePages BootServicesData 1
p273 = AllocatePages BootServicesData 1
p274 = AllocatePages BootServicesData 1
p275 = AllocatePages BootServicesData 1
p276 = AllocatePages BootServicesData 1
p277 = AllocatePages BootServicesData 1
p278 = AllocatePages BootServicesData 1
p279 = AllocatePages BootServicesData 1
p280 = AllocatePages BootServicesData 1
p281 = AllocatePages BootServicesData 1
p282 = AllocatePages BootServicesData 1
p283 = AllocatePages BootServicesData 1
p284 = AllocatePages BootServicesData 1
p285 = AllocatePages BootServicesData 1
p286 = AllocatePages BootServicesData 1
p287 = AllocatePages BootServicesData 1
p288 = AllocatePages BootServicesData 1
p289 = AllocatePages BootServicesData 1
p290 = AllocatePages BootServicesData 1
p291 = AllocatePages BootServicesData 1
p292 = AllocatePages BootServicesData 1
p293 = AllocatePages BootServicesData 1
p294 = AllocatePages BootServicesData 1
p295 = AllocatePages BootServicesData 1
p296 = AllocatePages BootServicesData 1
p297 = AllocatePages BootServicesData 1
p298 = AllocatePages BootServicesData 1
p299 = AllocatePages BootServicesData 1
p300 = AllocatePages BootServicesData 1
p301 = AllocatePages BootServicesData 1
p302 = AllocatePages BootServicesData 1
p303 = AllocatePages BootServicesData 1
p304 = AllocatePages BootServicesData 1
p305 = AllocatePages BootServicesData 1
p306 = AllocatePages BootServicesData 1
p307 = AllocatePages BootServicesData 1
p308 = AllocatePages BootServicesData 1
p309 = AllocatePages BootServicesData 1
p310 = AllocatePages BootServicesData 1
p311 = AllocatePages BootServicesData 1
p312 = AllocatePages BootServicesData 1
p313 = AllocatePages BootServicesData 1
p314 = AllocatePages BootServicesData 1
p315 = AllocatePages BootServicesData 1
p316 = AllocatePages BootServicesData 1
p317 = AllocatePages BootServicesData 1
p318 = AllocatePages BootServicesData 1
p319 = AllocatePages BootServicesData 1
p320 = AllocatePages BootServicesData 1
p321 = AllocatePages BootServicesData 1
p322 = AllocatePages BootServicesData 1
p323 = AllocatePages BootServicesData 1
p324 = AllocatePages BootServicesData 1
p325 = AllocatePages BootServicesData 1
p326 = AllocatePages BootServicesData 1
p327 = AllocatePages BootServicesData 1
p328 = AllocatePages BootServicesData 1
p329 = AllocatePages BootServicesData 1
p330 = AllocatePages BootServicesData 1
p331 = AllocatePages BootServicesData 1
p332 = AllocatePages BootServicesData 1
p333 = AllocatePages BootServicesData 1
p334 = AllocatePages BootServicesData 1
p335 = AllocatePages BootServicesData 1
p336 = AllocatePages BootServicesData 1
p337 = AllocatePages BootServicesData 1
p338 = AllocatePages BootServicesData 1
p339 = AllocatePages BootServicesData 1
p340 = AllocatePages BootServicesData 1
p341 = AllocatePages BootServicesData 1
p342 = AllocatePages BootServicesData 1
p343 = AllocatePages BootServicesData 1
p344 = AllocatePages BootServicesData 1
p345 = AllocatePages BootServicesData 1
p346 = AllocatePages BootServicesData 1
p347 = AllocatePages BootServicesData 1
p348 = AllocatePages BootServicesData 1
p349 = AllocatePages BootServicesData 1
p350 = AllocatePages BootServicesData 1
p351 = AllocatePages BootServicesData 1
p352 = AllocatePages BootServicesData 1
p353 = AllocatePages BootServicesData 1
p354 = AllocatePages BootServicesData 1
p355 = AllocatePages BootServicesData 1
p356 = AllocatePages BootServicesData 1
p357 = AllocatePages BootServicesData 1
p358 = AllocatePages BootServicesData 1
p359 = AllocatePages BootServicesData 1
p360 = AllocatePages BootServicesData 1
p361 = AllocatePages BootServicesData 1
p362 = AllocatePages BootServicesData 1
p363 = AllocatePages BootServicesData 1
p364 = AllocatePages BootServicesData 1
p365 = AllocatePages BootServicesData 1
p366 = AllocatePages BootServicesData 1
p367 = AllocatePages BootServicesData 1
p368 = AllocatePages BootServicesData 1
p369 = AllocatePages BootServicesData 1
p370 = AllocatePages BootServicesData 1
p371 = AllocatePages BootServicesData 1
p372 = AllocatePages BootServicesData 1
p373 = AllocatePages BootServicesData 1
p374 = AllocatePages BootServicesData 1
p375 = AllocatePages BootServicesData 1
p376 = AllocatePages BootServicesData 1
p377 = AllocatePages BootServicesData 1
p378 = AllocatePages BootServicesData 1
p379 = AllocatePages BootServicesData 1
p380 = AllocatePages BootServicesData 1
p381 = AllocatePages BootServicesData 1
p382 = AllocatePages BootServicesData 1
p383 = AllocatePages BootServicesData 1
p384 = AllocatePages BootServicesData 1
p385 = AllocatePages BootServicesData 1
p386 = AllocatePages BootServicesData 1
p387 = AllocatePages BootServicesData 1
p388 = AllocatePages BootServicesData 1
p389 = AllocatePages BootServicesData 1
p390 = AllocatePages BootServicesData 1
p391 = AllocatePages BootServicesData 1
p392 = AllocatePages BootServicesData 1
p393 = AllocatePages BootServicesData 1
p394 = AllocatePages BootServicesData 1
p395 = AllocatePages BootServicesData 1
p396 = AllocatePages BootServicesData 1
p397 = AllocatePages BootServicesData 1
p398 = AllocatePages BootServicesData 1
p399 = AllocatePages BootServicesData 1
p400 = AllocatePages BootServicesData 1
p401 = AllocatePages BootServicesData 1
p402 = AllocatePages BootServicesData 1
p403 = AllocatePages BootServicesData 1
p404 = AllocatePages BootServicesData 1
p405 = AllocatePages BootServicesData 1
p406 = AllocatePages BootServicesData 1
p407 = AllocatePages BootServicesData 1
p408 = AllocatePages BootServicesData 1
p409 = AllocatePages BootServicesData 1
p410 = AllocatePages BootServicesData 1
p411 = AllocatePages BootServicesData 1
p412 = AllocatePages BootServicesData 1
p413 = AllocatePages BootServicesData 1
p414 = AllocatePages BootServicesData 1
p415 = AllocatePages BootServicesData 1
p416 = AllocatePages BootServicesData 1
p417 = AllocatePages BootServicesData 1
p418 = AllocatePages BootServicesData 1
p419 = AllocatePages BootServicesData 1
p420 = AllocatePages BootServicesData 1
p421 = AllocatePages BootServicesData 1
p422 = AllocatePages BootServicesData 1
p423 = AllocatePages BootServicesData 1
p424 = AllocatePages BootServicesData 1
p425 = AllocatePages BootServicesData 1
p426 = AllocatePages BootServicesData 1
p427 = AllocatePages BootServicesData 1
p428 = AllocatePages BootServicesData 1
p429 = AllocatePages BootServicesData 1
p430 = AllocatePages BootServicesData 1
p431 = AllocatePages BootServicesData 1
p432 = AllocatePages BootServicesData 1
p433 = AllocatePages BootServicesData 1
p434 = AllocatePages BootServicesData 1
p435 = AllocatePages BootServicesData 1
p436 = AllocatePages BootServicesData 1
p437 = AllocatePages BootServicesData 1
p438 = AllocatePages BootServicesData 1
p439 = AllocatePages BootServicesData 1
p440 = AllocatePages BootServicesData 1
p441 = AllocatePages BootServicesData 1
p442 = AllocatePages BootServicesData 1
p443 = AllocatePages BootServicesData 1
p444 = AllocatePages BootServicesData 1
p445 = AllocatePages BootServicesData 1
p446 = AllocatePages BootServicesData 1
p447 = AllocatePages BootServicesData 1
p448 = AllocatePages BootServicesData 1
p449 = AllocatePages BootServicesData 1
p450 = AllocatePages BootServicesData 1
p451 = AllocatePages BootServicesData 1
p452 = AllocatePages BootServicesData 1
p453 = AllocatePages BootServicesData 1
p454 = AllocatePages BootServicesData 1
p455 = AllocatePages BootServicesData 1
p456 = AllocatePages BootServicesData 1
p457 = AllocatePages BootServicesData 1
p458 = AllocatePages BootServicesData 1
p459 = AllocatePages BootServicesData 1
p460 = AllocatePages BootServicesData 1
p461 = AllocatePages BootServicesData 1
p462 = AllocatePages BootServicesData 1
p463 = AllocatePages BootServicesData 1
p464 = AllocatePages BootServicesData 1
p465 = AllocatePages BootServicesData 1
p466 = AllocatePages BootServicesData 1
p467 = AllocatePages BootServicesData 1
p468 = AllocatePages BootServicesData 1
p469 = AllocatePages BootServicesData 1
p470 = AllocatePages BootServicesData 1
p471 = AllocatePages BootServicesData 1
p472 = AllocatePages BootServicesData 1
p473 = AllocatePages BootServicesData 1
p474 = AllocatePages BootServicesData 1
p475 = AllocatePages BootServicesData 1
p476 = AllocatePages BootServicesData 1
p477 = AllocatePages BootServicesData 1
p478 = AllocatePages BootServicesData 1
p479 = AllocatePages BootServicesData 1
p480 = AllocatePages BootServicesData 1
p481 = AllocatePages BootServicesData 1
p482 = AllocatePages BootServicesData 1
p483 = AllocatePages BootServicesData 1
p484 = AllocatePages BootServicesData 1
p485 = AllocatePages BootServicesData 1
p486 = AllocatePages BootServicesData 1
p487 = AllocatePages BootServicesData 1
p488 = AllocatePages BootServicesData 1
p489 = AllocatePages BootServicesData 1
p490 = AllocatePages BootServicesData 1
p491 = AllocatePages BootServicesData 1
p492 = AllocatePages BootServicesData 1
p493 = AllocatePages BootServicesData 1
p494 = AllocatePages BootServicesData 1
p495 = AllocatePages BootServicesData 1
p496 = AllocatePages BootServicesData 1
p497 = AllocatePages BootServicesData 1
p498 = AllocatePages BootServicesData 1
p499 = AllocatePages BootServicesData 1
p500 = AllocatePages BootServicesData 1
p501 = AllocatePages BootServicesData 1
p502 = AllocatePages BootServicesData 1
p503 = AllocatePages BootServicesData 1
p504 = AllocatePages BootServicesData 1
p505 = AllocatePages BootServicesData 1
p506 = AllocatePages BootServicesData 1
p507 = AllocatePages BootServicesData 1
p508 = AllocatePages BootServicesData 1
p509 = AllocatePages BootServicesData 1
p510 = AllocatePages BootServicesData 1
p511 = AllocatePages BootServicesData 1
p512 = AllocatePages BootServicesData 1
FreePages p1 whole
FreePages p3 whole
FreePages p5 whole
FreePages p7 whole
FreePages p9 whole
FreePages p11 whole
FreePages p13 whole
FreePages p15 whole
FreePages p17 whole
FreePages p19 whole
FreePages p21 whole
FreePages p23 whole
FreePages p25 whole
FreePages p27 whole
FreePages p29 whole
FreePages p31 whole
FreePages p33 whole
FreePages p35 whole
FreePages p37 whole
FreePages p39 whole
FreePages p41 whole
FreePages p43 whole
FreePages p45 whole
FreePages p47 whole
FreePages p49 whole
FreePages p51 whole
FreePages p53 whole
FreePages p55 whole
FreePages p57 whole
FreePages p59 whole
FreePages p61 whole
FreePages p63 whole
FreePages p65 whole
FreePages p67 whole
FreePages p69 whole
FreePages p71 whole
FreePages p73 whole
FreePages p75 whole
FreePages p77 whole
FreePages p79 whole
FreePages p81 whole
FreePages p83 whole
FreePages p85 whole
FreePages p87 whole
FreePages p89 whole
FreePages p91 whole
FreePages p93 whole
FreePages p95 whole
FreePages p97 whole
FreePages p99 whole
FreePages p101 whole
FreePages p103 whole
FreePages p105 whole
FreePages p107 whole
FreePages p109 whole
FreePages p111 whole
FreePages p113 whole
FreePages p115 whole
FreePages p117 whole
FreePages p119 whole
FreePages p121 whole
FreePages p123 whole
FreePages p125 whole
FreePages p127 whole
FreePages p129 whole
FreePages p131 whole
FreePages p133 whole
FreePages p135 whole
FreePages p137 whole
FreePages p139 whole
FreePages p141 whole
FreePages p143 whole
FreePages p145 whole
FreePages p147 whole
FreePages p149 whole
FreePages p151 whole
FreePages p153 whole
FreePages p155 whole
FreePages p157 whole
FreePages p159 whole
FreePages p161 whole
FreePages p163 whole
FreePages p165 whole
FreePages p167 whole
FreePages p169 whole
FreePages p171 whole
FreePages p173 whole
FreePages p175 whole
FreePages p177 whole
FreePages p179 whole
FreePages p181 whole
FreePages p183 whole
FreePages p185 whole
FreePages p187 whole
FreePages p189 whole
FreePages p191 whole
FreePages p193 whole
FreePages p195 whole
FreePages p197 whole
FreePages p199 whole
FreePages p201 whole
FreePages p203 whole
FreePages p205 whole
FreePages p207 whole
FreePages p209 whole
FreePages p211 whole
FreePages p213 whole
FreePages p215 whole
FreePages p217 whole
FreePages p219 whole
FreePages p221 whole
FreePages p223 whole
FreePages p225 whole
FreePages p227 whole
FreePages p229 whole
FreePages p231 whole
FreePages p233 whole
FreePages p235 whole
FreePages p237 whole
FreePages p239 whole
FreePages p241 whole
FreePages p243 whole
FreePages p245 whole
FreePages p247 whole
FreePages p249 whole
FreePages p251 whole
FreePages p253 whole
FreePages p255 whole
FreePages p257 whole
FreePages p259 whole
FreePages p261 whole
FreePages p263 whole
FreePages p265 whole
FreePages p267 whole
FreePages p269 whole
FreePages p271 whole
FreePages p273 whole
FreePages p275 whole
FreePages p277 whole
FreePages p279 whole
FreePages p281 whole
FreePages p283 whole
FreePages p285 whole
FreePages p287 whole
FreePages p289 whole
FreePages p291 whole
FreePages p293 whole
FreePages p295 whole
FreePages p297 whole
FreePages p299 whole
FreePages p301 whole
FreePages p303 whole
FreePages p305 whole
FreePages p307 whole
FreePages p309 whole
FreePages p311 whole
FreePages p313 whole
FreePages p315 whole
FreePages p317 whole
FreePages p319 whole
FreePages p321 whole
FreePages p323 whole
FreePages p325 whole
FreePages p327 whole
FreePages p329 whole
FreePages p331 whole
FreePages p333 whole
FreePages p335 whole
FreePages p337 whole
FreePages p339 whole
FreePages p341 whole
FreePages p343 whole
FreePages p345 whole
FreePages p347 whole
FreePages p349 whole
FreePages p351 whole
FreePages p353 whole
FreePages p355 whole
FreePages p357 whole
FreePages p359 whole
FreePages p361 whole
FreePages p363 whole
FreePages p365 whole
FreePages p367 whole
FreePages p369 whole
FreePages p371 whole
FreePages p373 whole
FreePages p375 whole
FreePages p377 whole
FreePages p379 whole
FreePages p381 whole
FreePages p383 whole
FreePages p385 whole
FreePages p387 whole
FreePages p389 whole
FreePages p391 whole
FreePages p393 whole
FreePages p395 whole
FreePages p397 whole
FreePages p399 whole
FreePages p401 whole
FreePages p403 whole
FreePages p405 whole
FreePages p407 whole
FreePages p409 whole
FreePages p411 whole
FreePages p413 whole
FreePages p415 whole
FreePages p417 whole
FreePages p419 whole
FreePages p421 whole
FreePages p423 whole
FreePages p425 whole
FreePages p427 whole
FreePages p429 whole
FreePages p431 whole
FreePages p433 whole
FreePages p435 whole
FreePages p437 whole
FreePages p439 whole
FreePages p441 whole
FreePages p443 whole
FreePages p445 whole
FreePages p447 whole
FreePages p449 whole
FreePages p451 whole
FreePages p453 whole
FreePages p455 whole
FreePages p457 whole
FreePages p459 whole
FreePages p461 whole
FreePages p463 whole
FreePages p465 whole
FreePages p467 whole
FreePages p469 whole
FreePages p471 whole
FreePages p473 whole
FreePages p475 whole
FreePages p477 whole
FreePages p479 whole
FreePages p481 whole
FreePages p483 whole
FreePages p485 whole
FreePages p487 whole
FreePages p489 whole
FreePages p491 whole
FreePages p493 whole
FreePages p495 whole
FreePages p497 whole
FreePages p499 whole
FreePages p501 whole
FreePages p503 whole
FreePages p505 whole
FreePages p507 whole
FreePages p509 whole
FreePages p511 whole
AllocatePages BootServicesData gap-1
AllocatePool leave:0
AllocatePages BootServicesData 1
