package web

func worksSpecimens() []specimen  { return nil }
func listSpecimens() []specimen   { return nil }
func browseSpecimens() []specimen { return nil }
func otherSpecimens() []specimen  { return nil }
