module ficstead

go 1.26.0
