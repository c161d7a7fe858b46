// The program is killed while it brings files in, again and again, and started
// anew: nothing is lost, and nothing is there twice.

import { check } from '../lib/report.mjs';
import { start } from '../lib/program.mjs';
import { story } from '../lib/files.mjs';

const files = 120;
const kills = 4;

export async function killed() {
	let program = await start({ samples: false });
	const { folder, remove } = program;
	try {
		const form = new FormData();
		for (let n = 1; n <= files; n++) {
			const { name, buffer } = story(`Unsinkable Story ${n}`);
			form.append('file', new Blob([buffer]), name);
		}
		const answer = await fetch(`${program.address}/api/v1/imports`, { method: 'POST', body: form });
		const { id } = await answer.json();
		check('killed: the upload is received', answer.status === 202, answer.status);
		let before = 0;
		for (let n = 0; n < kills; n++) {
			const { done } = await ask(program, `/api/v1/imports/${id}`);
			check('killed: nothing that was done is undone', done >= before, `${done} after ${before}`);
			before = done;
			console.log(`killed with ${done} of ${files} done`);
			await program.kill();
			program = await start({ folder, samples: false });
		}
		await (await fetch(`${program.address}/imports/${id}/events`)).text(); // ends with the import
		const told = await ask(program, `/api/v1/imports/${id}`);
		check('killed: every file has its receipt', told.done === files && told.receipts.length === files, `${told.done}, ${told.receipts.length}`);
		// All have one text, so all but the first are copies, each a work of its own.
		const odd = told.receipts.find(r => !['new', 'same', 'duplicate'].includes(r.status));
		check('killed: no file is refused', !odd, JSON.stringify(odd));
		check('killed: each file is a work of its own', new Set(told.receipts.map(r => r.work)).size === files);
		await program.stop(); // so that the next start indexes everything
		program = await start({ folder, samples: false });
		const { total } = await ask(program, '/api/v1/works');
		check('killed: nothing lost, nothing twice', total === files, total);
	} finally {
		await program.stop();
		remove();
	}
}

async function ask(program, path) {
	return (await fetch(program.address + path)).json();
}
