package vocabulary

// RememberNames makes f remember names from the first work on.
func (f *Filer) RememberNames() { f.filed = fewFiled }
