// Reads the files of a ZIP that we made ourselves.

import { inflateRawSync } from 'node:zlib';

export function unzip(data) {
	const end = data.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
	const files = {};
	let at = data.readUInt32LE(end + 16);
	for (let n = data.readUInt16LE(end + 10); n > 0; n--) {
		const [method, packed, name, extra, comment, header] = [data.readUInt16LE(at + 10), data.readUInt32LE(at + 20), data.readUInt16LE(at + 28), data.readUInt16LE(at + 30), data.readUInt16LE(at + 32), data.readUInt32LE(at + 42)];
		const body = header + 30 + data.readUInt16LE(header + 26) + data.readUInt16LE(header + 28);
		const bytes = data.subarray(body, body + packed);
		files[data.toString('utf8', at + 46, at + 46 + name)] = method === 8 ? inflateRawSync(bytes) : bytes;
		at += 46 + name + extra + comment;
	}
	return files;
}
