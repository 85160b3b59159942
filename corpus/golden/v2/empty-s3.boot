boot v1
board s3
