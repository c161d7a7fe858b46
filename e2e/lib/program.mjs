// Starts Ficstead on an empty folder with the sample works, and stops it.

import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const patience = 60_000; // ms until the address must have been printed

/**
 * Returns { address, stop, kill, remove }. FICSTEAD names the program; without
 * it, it is built. The folder is a new one unless it is given.
 */
export async function start({ folder = mkdtempSync(join(tmpdir(), 'ficstead-e2e-')), samples = true } = {}) {
	const child = spawn(program(), ['serve', ...(samples ? ['--samples'] : []), '--dev', '--data', folder, '--listen', '127.0.0.1:0'], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const exited = new Promise(resolve => child.once('exit', resolve));
	const kill = async () => {
		child.kill('SIGKILL');
		await exited;
	};
	const stop = async () => {
		child.kill('SIGTERM');
		const code = await Promise.race([exited, new Promise(resolve => setTimeout(() => resolve('still running'), 15_000).unref())]);
		if (code === 'still running') await kill();
		return code;
	};
	const remove = () => rmSync(folder, { recursive: true, force: true });
	try {
		return { address: await address(child, exited), folder, stop, kill, remove };
	} catch (error) {
		await kill();
		remove();
		throw error;
	}
}

/** Runs the program once, and returns how it ended and what it said. */
export async function ran(args) {
	const child = spawn(program(), args, { stdio: ['ignore', 'pipe', 'pipe'] });
	let text = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => { text += chunk; });
	const code = await new Promise(resolve => child.once('close', resolve));
	return { code, text };
}

let built;

function program() {
	return process.env.FICSTEAD || (built ??= build());
}

function build() {
	const program = join(root, 'e2e', 'out', 'ficstead');
	execFileSync('go', ['build', '-o', program, './cmd/ficstead'], {
		cwd: root, stdio: 'inherit', env: { ...process.env, CGO_ENABLED: '0' },
	});
	if (!existsSync(program)) throw new Error(`${program} was not built`);
	return program;
}

function address(child, exited) {
	let heard = '';
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`no address within ${patience} ms; heard:\n${heard}`)), patience);
		const listen = chunk => {
			heard += chunk;
			const found = heard.match(/https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+/);
			if (!found) return;
			clearTimeout(timer);
			resolve(found[0]);
		};
		child.stdout.on('data', listen);
		child.stderr.on('data', listen);
		exited.then(code => {
			clearTimeout(timer);
			reject(new Error(`the program ended with ${code} before it was ready; heard:\n${heard}`));
		});
	});
}
