package bounds

// Pictures. They are drawn anew when they come in, which takes memory and time
// for each pixel, whatever the file weighs.
const (
	// Picture is how many bytes the file of a picture may have: a photograph of
	// the best cameras has as many.
	Picture = 20 << 20

	// PictureSide is how many pixels a picture may be wide or high: drawings for
	// scrolling are some 15,000 high.
	PictureSide = 20_000

	// PicturePixels is how many pixels a picture may have: 40 million take 160 MB
	// while they are drawn, and a screen shows eight. Those of more than eight bits
	// a colour count twice.
	PicturePixels = 40_000_000

	// FramePixels is how many pixels the frames of a moving picture may have
	// together, each a byte. Beyond it the first frame is kept, still.
	FramePixels = 100_000_000

	// Frames is how many frames a moving picture may have: five minutes of film.
	Frames = 5_000

	// FilePixels is how many pixels all pictures of one file may have together:
	// a picture in each of 500 chapters. Drawing takes about a second for ten million.
	FilePixels = 500_000_000
)
