// Files to bring in, made here.

export const empty = { name: 'nothing.html', mimeType: 'text/html', buffer: Buffer.alloc(0) };

/** A plain text as people send them to each other: hard-wrapped, with dashes for scene breaks. */
export function story(title) {
	const lines = [
		title, '', 'by tidewrack', '',
		'The lantern had hung in the window since the first winter, and nobody in', 'the house could say who had lit it.', '',
		'"Somebody must," said Maren. She did not look up from the kettle.', '',
		'* * *', '',
		'In the morning it was out, and the window was open, and the sea came in', 'as far as the step and stopped there, like a guest who has thought better', 'of it.', '',
		'Nobody spoke of it again until the spring.', '',
	];
	return { name: title.toLowerCase().replaceAll(' ', '-') + '.txt', mimeType: 'text/plain', buffer: Buffer.from(lines.join('\n')) };
}

/** A plain text with things to mend: italics in signs, a row of signs between scenes, garbled letters. */
export function damaged(title) {
	const text = `${title}

by tidewrack

Nobody in the house could say who had put the _kettle_ on that morning.

Nobody would say who had taken the _lamp_ away from the window.

~*~*~*~

She didnâ€™t answer, and the tide came in as far as the step.

In the morning the window was open, and the sea stood in the room like a guest who has thought better of it, and has not yet found the words to say so.
`;
	return { name: title.toLowerCase().replaceAll(' ', '-') + '.txt', mimeType: 'text/plain', buffer: Buffer.from(text) };
}

/** A story of which one copy has what the other lost: a word in italics, and a scene break. Each seed is a story of its own. */
export function copy(title, seed, whole) {
	const words = 'the sea lamp and door her hand ship tide he saw night went over cold bread stair oil told salt bell again from pier she kept snow who knew long rope by fire left gull boat wind'.split(' ');
	let state = seed;
	const word = () => words[(state = (state * 1103515245 + 12345) % 2147483648) >> 8 & 31];
	const some = n => Array.from({ length: n }, word).join(' ');
	const lines = [`Title: ${title}`, 'Author: tidewrack', ''];
	for (let n = 0; n < 12; n++) {
		if (whole && n === 6) lines.push('* * *', '');
		const middle = n === 3 ? (whole ? '_believed_' : 'believed') : word();
		lines.push(`Then ${some(9)} ${middle} ${some(9)}, and ${some(8)}.`, '');
	}
	return { name: `${title.toLowerCase().replaceAll(' ', '-')}.txt`, mimeType: 'text/plain', buffer: Buffer.from(lines.join('\n')) };
}
