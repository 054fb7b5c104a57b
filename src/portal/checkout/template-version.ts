import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pagesDir } from '../kit/assets.ts';
import { en } from '../messages/en.ts';
import { ja } from '../messages/ja.ts';

/** The templates and messages that the checkout's page is made of. */
const sources = [
  ...globSync(['checkout.eta', 'checkout/*.eta', 'layout.eta'], { cwd: pagesDir })
    .sort()
    .map((file) => [file, readFileSync(join(pagesDir, file), 'utf8')]),
  ['ja', ja],
  ['en', en],
];

/** SHA-256 of the checkout's templates and messages, in hexadecimal: a release that changes the page changes it. */
export const templateVersion = createHash('sha256').update(JSON.stringify(sources)).digest('hex');
