// What was found, and how much of it was good.

const failures = [];
let passed = 0;

/** Notes one claim. detail says what was seen, and is shown only where the claim fails. */
export function check(claim, ok, detail = '') {
	if (ok) {
		passed++;
		return true;
	}
	failures.push(claim);
	console.error(`FAILED ${claim}${detail ? `\n       ${String(detail).replaceAll('\n', '\n       ')}` : ''}`);
	return false;
}

/** Runs one journey; whatever it throws is one failure. */
export async function journey(name, walk) {
	try {
		await walk();
	} catch (error) {
		check(name, false, error.stack ?? error);
	}
}

export function totals() {
	return { passed, failed: failures.length };
}
