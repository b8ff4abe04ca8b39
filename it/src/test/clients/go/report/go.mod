module conmonj/it/report

go 1.25.0
