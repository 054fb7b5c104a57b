import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readdir } from 'node:fs/promises';
import { drawCredentialLetter } from '../../src/letters/credential-letter.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { makeLine } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { readPages } from '../templates/statement/read-pdf.ts';

describe('a letter with a new password', () => {
  let world: World;
  before(async () => (world = await createWorld()));
  after(() => world.close());

  it('goes to the holder of the line in the form in which an ID is read, and leaves no file', async () => {
    const { lineId, holderFrom } = await makeLine(world.deps);
    await sqlOf(world.deps.orm.em.fork())
      .updateTable('line_holder')
      .set({ postalCode: '231-0017', address: '横浜市中区港町1-1', building: 'みなとハイツ 203' })
      .where('lineId', '=', lineId)
      .execute();
    const credentials = { lineId, holderFrom, displayName: '花子', issuedId: 'F12345678901' };
    const letter = await drawCredentialLetter(
      world.deps,
      { ...credentials, password: 'k0O1lI-Wm8tRq' },
      'ja',
    );
    assert.ok(Buffer.isBuffer(letter.body));
    const [page = ''] = await readPages(letter.body);
    for (const part of [
      '231-0017',
      '横浜市中区港町1-1',
      'みなとハイツ 203',
      '花子 様',
      'F123 4567 8901',
      'k0O1lI-Wm8tRq',
    ])
      assert.ok(page.includes(part), `"${part}" is not in:\n${page}`);
    const { host } = new URL(world.config.publicOrigin);
    assert.ok(page.includes(`${host}/my`), page);
    assert.deepEqual(await readdir(world.config.filesDir), []);
    assert.equal(letter.filename, 'letter.pdf');
  });
});
