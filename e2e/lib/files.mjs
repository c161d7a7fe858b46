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
