// Bringing in, made quicker: dropping files, and watching them come in. Without
// this the pages do the same by themselves.
(() => {
	'use strict';
	const drop = document.getElementById('drop');
	const input = document.getElementById('files');
	const picked = document.getElementById('picked');

	const tell = () => {
		const files = [...input.files];
		const mb = files.reduce((sum, f) => sum + f.size, 0) / 1e6;
		picked.textContent = files.length === 0 ? '' :
			`${files.length === 1 ? files[0].name : files.length + ' files'}, ${mb < 0.1 ? 'less than 0.1' : mb.toFixed(1)} MB`;
	};

	// Files of a dropped folder, and of folders in it.
	const walk = async entry => {
		if (entry.isFile) return [await new Promise((ok, no) => entry.file(ok, no))];
		const reader = entry.createReader();
		const all = [];
		for (;;) { // a reader gives a hundred at a time
			const some = await new Promise((ok, no) => reader.readEntries(ok, no));
			if (some.length === 0) return all;
			for (const one of some) all.push(...await walk(one));
		}
	};

	const dropped = async transfer => {
		const entries = [...transfer.items].map(i => i.webkitGetAsEntry?.()).filter(Boolean);
		if (!entries.some(e => e.isDirectory)) return transfer.files;
		const bag = new DataTransfer();
		for (const entry of entries) for (const file of await walk(entry)) bag.items.add(file);
		return bag.files;
	};

	if (drop) {
		input.addEventListener('change', tell);
		for (const type of ['dragenter', 'dragover']) drop.addEventListener(type, e => { e.preventDefault(); drop.classList.add('over'); });
		for (const type of ['dragleave', 'drop']) drop.addEventListener(type, e => { e.preventDefault(); drop.classList.remove('over'); });
		drop.addEventListener('drop', async e => { input.files = await dropped(e.dataTransfer); tell(); });
		drop.addEventListener('submit', () => { if (input.files.length) picked.textContent = 'Sending…'; });
	}

	const progress = document.getElementById('progress');
	if (!progress?.dataset.events) return;
	const words = document.getElementById('progress-words');
	const bar = document.getElementById('progress-bar');
	const step = 2000; // ms between two looks at the list
	let looked = Date.now();

	const look = async whole => {
		looked = Date.now();
		const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
		if (!answer.ok) return;
		const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
		document.getElementById('receipts').replaceWith(page.getElementById('receipts'));
		if (whole) {
			document.querySelector('h1').textContent = page.querySelector('h1').textContent;
			document.title = page.title;
			for (const child of [...progress.children]) if (child !== words) child.remove();
		}
	};

	const events = new EventSource(progress.dataset.events);
	const hear = e => {
		const at = JSON.parse(e.data);
		words.textContent = at.words;
		bar.max = at.items;
		bar.value = at.bar;
	};
	events.addEventListener('progress', e => { hear(e); if (Date.now() - looked > step) look(false); });
	events.addEventListener('end', e => { events.close(); hear(e); look(true); });
})();
