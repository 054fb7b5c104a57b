import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { issueSubscriber } from '../../../src/identity/issue-subscriber.ts';
import { openLineFolders } from '../../../src/line-import/line-folders.ts';
import { makeLine } from '../../support/factories.ts';
import { person } from '../../support/people.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

let site: BillingSite;
before(async () => void (site = await openBillingSite()));
after(() => site.close());

const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

describe('the page of lines', () => {
  it('finds lines by their ID or how it begins, in any width and case', async () => {
    const { line } = site.ids;
    const { text } = await site.get('lead', `/billing/lines?line=${encodeURIComponent('ｃｏｐ 0')}`);
    assert.ok(text.includes(`href="/billing/lines/${line}"`));
    const one = await site.get('lead', `/billing/lines?line=${line}`);
    assert.match(plain(one.text), /1回線/);
    assert.match(plain((await site.get('lead', '/billing/lines?line=%25')).text), /該当する回線はありません/);
  });
});

describe('the page of a line', () => {
  it('shows holders, the limits in force with what is used, and the issued IDs', async () => {
    const { deps } = site.world;
    const { subscriber } = await issueSubscriber(deps, person('kei', 'agent'), {
      lineId: site.ids.line,
      displayName: '見本 次郎',
    });
    const text = plain((await site.get('lead', '/billing/lines/{line}')).text);
    for (const part of ['適用される上限額', '2026年5月分', subscriber.issuedId, '見＊＊＊ 次＊＊＊'])
      assert.ok(text.includes(part), part);
  });

  it('shows nothing that reaches a person, and names only to those who need not ask', async () => {
    const { deps } = site.world;
    const holder = { email: 'taro@example.jp', birthDate: '1980-02-03' };
    const { lineId } = await makeLine(deps, { holder: { ...holder, holder: '青葉 太郎' } });
    await issueSubscriber(deps, person('kei', 'agent'), { lineId, displayName: '見本 次郎' });
    const agent = await site.get('agent', `/billing/lines/${lineId}`);
    assert.match(agent.text, /青＊＊＊ 太＊＊＊/);
    const billing = await site.get('billing', `/billing/lines/${lineId}`);
    assert.match(billing.text, /青葉 太郎/);
    for (const { text } of [agent, billing]) assert.doesNotMatch(text, /taro@example\.jp|1980|見本 次郎/);
  });

  it('takes a limit of the support centre at once, and removes it', async () => {
    const saved = await site.send('agent', '/billing/lines/{line}/limit', { amount: '５，０００円' });
    assert.equal(saved.status, 303);
    assert.match(plain((await site.get('agent', '/billing/lines/{line}')).text), /適用される上限額 5,000円/);
    assert.equal((await site.send('agent', '/billing/lines/{line}/limit', { amount: '-1' })).status, 422);
    assert.equal((await site.send('agent', '/billing/lines/{line}/limit/remove')).status, 303);
    assert.doesNotMatch(
      plain((await site.get('agent', '/billing/lines/{line}')).text),
      /適用される上限額 5,000円/,
    );
  });

  it('is not there for an ID that no line has', async () => {
    assert.equal((await site.get('lead', '/billing/lines/COP99999999')).status, 404);
    assert.equal((await site.get('lead', '/billing/lines/%25')).status, 404);
  });
});

describe('the pages of line master files', () => {
  it('show what waits, and what each import counted', async () => {
    const { inbox } = await openLineFolders(site.world.deps);
    await writeFile(join(inbox, 'tomorrow.csv'), 'line_id\n');
    const text = plain((await site.get('billing', '/billing/lines/files')).text);
    assert.match(text, /1件のファイルが次の取り込みを待っています/);
    assert.match(text, /tomorrow\.csv/);
    assert.match(text, /lines\.csv .*一部受付不可 2 1 0 0 1/);
  });

  it('take a file into the inbox, under a name of ours and beside what is there', async () => {
    const file = { filename: '..\\tomorrow.csv', content: 'line_id,holder\n' };
    assert.equal((await site.sendFile('billing', '/billing/lines/files', file)).status, 303);
    const { inbox } = await openLineFolders(site.world.deps);
    assert.deepEqual((await readdir(inbox)).toSorted(), ['tomorrow-2.csv', 'tomorrow.csv']);
    assert.equal(await readFile(join(inbox, 'tomorrow-2.csv'), 'utf8'), file.content);
    assert.equal((await site.sendFile('auditor', '/billing/lines/files', file)).status, 403);
  });

  it('name each refused row with its reason, and send it back to be mended', async () => {
    const text = plain((await site.get('billing', '/billing/lines/files/{line-file}')).text);
    assert.match(text, /2 3 締日が正しくありません closing_group/);
    const file = await site.get('billing', '/billing/lines/files/{line-file}/mend');
    assert.equal(
      file.text,
      `line_id,holder,closing_group,status,valid_from,valid_to\n${site.ids.line},"青葉 太郎",7,active,2026-01-01,\n`,
    );
    assert.equal((await site.get('billing', '/billing/lines/files/..%2Finbox%2Fx.csv')).status, 404);
  });
});
