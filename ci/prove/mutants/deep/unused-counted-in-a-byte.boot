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
FreePages p0 whole
FreePages p1 whole
FreePages p2 whole
FreePages p3 whole
FreePages p4 whole
FreePages p5 whole
FreePages p6 whole
FreePages p7 whole
FreePages p8 whole
FreePages p9 whole
FreePages p10 whole
FreePages p11 whole
FreePages p12 whole
FreePages p13 whole
FreePages p14 whole
FreePages p15 whole
FreePages p16 whole
FreePages p17 whole
FreePages p18 whole
FreePages p19 whole
FreePages p20 whole
FreePages p21 whole
FreePages p22 whole
FreePages p23 whole
FreePages p24 whole
FreePages p25 whole
FreePages p26 whole
FreePages p27 whole
FreePages p28 whole
FreePages p29 whole
FreePages p30 whole
FreePages p31 whole
FreePages p32 whole
FreePages p33 whole
FreePages p34 whole
FreePages p35 whole
FreePages p36 whole
FreePages p37 whole
FreePages p38 whole
FreePages p39 whole
FreePages p40 whole
FreePages p41 whole
FreePages p42 whole
FreePages p43 whole
FreePages p44 whole
FreePages p45 whole
FreePages p46 whole
FreePages p47 whole
FreePages p48 whole
FreePages p49 whole
FreePages p50 whole
FreePages p51 whole
FreePages p52 whole
FreePages p53 whole
FreePages p54 whole
FreePages p55 whole
FreePages p56 whole
FreePages p57 whole
FreePages p58 whole
FreePages p59 whole
FreePages p60 whole
FreePages p61 whole
FreePages p62 whole
FreePages p63 whole
FreePages p64 whole
FreePages p65 whole
FreePages p66 whole
FreePages p67 whole
FreePages p68 whole
FreePages p69 whole
FreePages p70 whole
FreePages p71 whole
FreePages p72 whole
FreePages p73 whole
FreePages p74 whole
FreePages p75 whole
FreePages p76 whole
FreePages p77 whole
FreePages p78 whole
FreePages p79 whole
FreePages p80 whole
FreePages p81 whole
FreePages p82 whole
FreePages p83 whole
FreePages p84 whole
FreePages p85 whole
FreePages p86 whole
FreePages p87 whole
FreePages p88 whole
FreePages p89 whole
FreePages p90 whole
FreePages p91 whole
FreePages p92 whole
FreePages p93 whole
FreePages p94 whole
FreePages p95 whole
FreePages p96 whole
FreePages p97 whole
FreePages p98 whole
FreePages p99 whole
FreePages p100 whole
FreePages p101 whole
FreePages p102 whole
FreePages p103 whole
FreePages p104 whole
FreePages p105 whole
FreePages p106 whole
FreePages p107 whole
FreePages p108 whole
FreePages p109 whole
FreePages p110 whole
FreePages p111 whole
FreePages p112 whole
FreePages p113 whole
FreePages p114 whole
FreePages p115 whole
FreePages p116 whole
FreePages p117 whole
FreePages p118 whole
FreePages p119 whole
FreePages p120 whole
FreePages p121 whole
FreePages p122 whole
FreePages p123 whole
FreePages p124 whole
FreePages p125 whole
FreePages p126 whole
FreePages p127 whole
FreePages p128 whole
FreePages p129 whole
FreePages p130 whole
FreePages p131 whole
FreePages p132 whole
FreePages p133 whole
FreePages p134 whole
FreePages p135 whole
FreePages p136 whole
FreePages p137 whole
FreePages p138 whole
FreePages p139 whole
FreePages p140 whole
FreePages p141 whole
FreePages p142 whole
FreePages p143 whole
FreePages p144 whole
FreePages p145 whole
FreePages p146 whole
FreePages p147 whole
FreePages p148 whole
FreePages p149 whole
FreePages p150 whole
FreePages p151 whole
FreePages p152 whole
FreePages p153 whole
FreePages p154 whole
FreePages p155 whole
FreePages p156 whole
FreePages p157 whole
FreePages p158 whole
FreePages p159 whole
FreePages p160 whole
FreePages p161 whole
FreePages p162 whole
FreePages p163 whole
FreePages p164 whole
FreePages p165 whole
FreePages p166 whole
FreePages p167 whole
FreePages p168 whole
FreePages p169 whole
FreePages p170 whole
FreePages p171 whole
FreePages p172 whole
FreePages p173 whole
FreePages p174 whole
FreePages p175 whole
FreePages p176 whole
FreePages p177 whole
FreePages p178 whole
FreePages p179 whole
FreePages p180 whole
FreePages p181 whole
FreePages p182 whole
FreePages p183 whole
FreePages p184 whole
FreePages p185 whole
FreePages p186 whole
FreePages p187 whole
FreePages p188 whole
FreePages p189 whole
FreePages p190 whole
FreePages p191 whole
FreePages p192 whole
FreePages p193 whole
FreePages p194 whole
FreePages p195 whole
FreePages p196 whole
FreePages p197 whole
FreePages p198 whole
FreePages p199 whole
FreePages p200 whole
FreePages p201 whole
FreePages p202 whole
FreePages p203 whole
FreePages p204 whole
FreePages p205 whole
FreePages p206 whole
FreePages p207 whole
FreePages p208 whole
FreePages p209 whole
FreePages p210 whole
FreePages p211 whole
FreePages p212 whole
FreePages p213 whole
FreePages p214 whole
FreePages p215 whole
FreePages p216 whole
FreePages p217 whole
FreePages p218 whole
FreePages p219 whole
FreePages p220 whole
FreePages p221 whole
FreePages p222 whole
FreePages p223 whole
FreePages p224 whole
FreePages p225 whole
FreePages p226 whole
FreePages p227 whole
FreePages p228 whole
FreePages p229 whole
FreePages p230 whole
FreePages p231 whole
FreePages p232 whole
FreePages p233 whole
FreePages p234 whole
FreePages p235 whole
FreePages p236 whole
FreePages p237 whole
FreePages p238 whole
FreePages p239 whole
FreePages p240 whole
FreePages p241 whole
FreePages p242 whole
FreePages p243 whole
FreePages p244 whole
FreePages p245 whole
FreePages p246 whole
FreePages p247 whole
FreePages p248 whole
FreePages p249 whole
FreePages p250 whole
FreePages p251 whole
FreePages p252 whole
FreePages p253 whole
FreePages p254 whole
FreePages p255 whole
big = AllocatePages BootServicesData gap-1
AllocatePool leave:0
FreePages big+1 1
