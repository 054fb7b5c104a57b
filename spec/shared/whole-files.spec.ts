import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const ROOT = join(import.meta.dirname, '..', '..');
const SOURCES = ['src', 'batch'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file)),
);

/** Sources that work with file handles, and those among them that match. */
const namesOf = (pattern: RegExp) =>
  SOURCES.filter((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    return /import \{[^}]*\bopen\b[^}]*\} from 'node:fs\/promises'/.test(text) && pattern.test(text);
  });

describe('a file', () => {
  it('is written in whole: one write of a handle may take less than it was given, and says so only by a number', () => {
    assert.ok(namesOf(/\.writeFile\(/).length >= 4, 'there are such sources');
    assert.deepEqual(namesOf(/(?<!stdout|stderr|output)\.write\(/), []);
  });

  it('is read in whole: what one read of a handle gives is counted', () => {
    const reading = namesOf(/await \w+\.read\(/);
    assert.ok(reading.length > 0);
    for (const file of reading) assert.match(readFileSync(join(ROOT, file), 'utf8'), /bytesRead/, file);
  });
});
