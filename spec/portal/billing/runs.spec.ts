import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

const linksOf = (text: string) =>
  [...text.matchAll(/row-link" href="(\/billing\/runs\/[^"]+)"/g)].map(([, href]) => href);

describe('the runs of the console', () => {
  let site: BillingSite;
  before(async () => void (site = await openBillingSite()));
  after(() => site.close());
  const listRequests = () =>
    sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('run_request')
      .select(['job', 'state', 'outcome'])
      .orderBy('id')
      .execute();

  it('are listed by job, state and date, each with the address of its page', async () => {
    const failed = await site.get('auditor', '/billing/runs?state=failed');
    assert.deepEqual(linksOf(failed.text), ['/billing/runs/2026-05-13/expire-authorizations']);
    const folds = await site.get('auditor', '/billing/runs?job=fold-charges&to=2026-05-12');
    assert.deepEqual(linksOf(folds.text), [
      '/billing/runs/2026-05-12/fold-charges',
      '/billing/runs/2026-05-11/fold-charges',
    ]);
    assert.match(folds.text, /2件/);
    const none = await site.get('auditor', '/billing/runs?state=failed&job=seal-day', 'en');
    assert.match(none.text, /No run matches/);
  });

  it('come in pages that miss none and repeat none', async () => {
    const first = await site.get('auditor', '/billing/runs');
    const all = linksOf(first.text);
    const [, date, job] = /runs\/([\d-]+)\/([\w-]+)$/.exec(all[3]!)!;
    const rest = await site.get('auditor', `/billing/runs?after=${date}~${job}`);
    assert.deepEqual(linksOf(rest.text), all.slice(4));
  });

  it('say that nights are out of order, and that a file waits for the next one', async () => {
    const inbox = join(site.world.config.filesDir, 'lines', 'inbox');
    await mkdir(inbox, { recursive: true });
    await writeFile(join(inbox, 'lines.csv'), '');
    const { text } = await site.get('billing', '/billing/runs');
    assert.match(text, /75日分の夜間処理が終わっていません/);
    assert.match(text, /回線マスターのファイルが1件届いています/);
  });

  it('have a page: counts that balance, why it failed, how long it usually takes, what was parked', async () => {
    const renewed = await site.get('auditor', '/billing/runs/2026-05-12/renew-subscriptions', 'en');
    assert.match(renewed.text, /1,204[^]*?1,207/);
    assert.match(renewed.text, /its holder is not known/);
    assert.match(renewed.text, /1204 to do/);
    const failed = await site.get('auditor', '/billing/runs/2026-05-13/expire-authorizations', 'en');
    assert.match(failed.text, /It failed: the file system is full/);
    assert.doesNotMatch(failed.text, /Run again/);
    assert.equal((await site.get('auditor', '/billing/runs/2026-05-13/unknown')).status, 404);
  });

  it('are started by a request, which says that nobody has taken it after some seconds', async () => {
    const again = '/billing/runs/start?job=expire-authorizations&date=2026-05-13';
    const page = await site.get('billing', '/billing/runs/2026-05-13/expire-authorizations');
    assert.ok(page.text.includes(again.replace('&', '&amp;')));
    assert.match((await site.get('billing', again)).text, /先にそちらを実行してください/);
    const form = { job: 'expire-authorizations', date: '2026/5/13' };
    const sent = await site.send('billing', '/billing/runs/start', form);
    assert.deepEqual([sent.status, sent.location], [303, '/billing/runs']);
    assert.deepEqual(await listRequests(), [{ job: form.job, state: 'waiting', outcome: null }]);
    assert.match((await site.get('billing', '/billing/runs')).text, /受け付けを待っています/);
    site.world.clock.advance(20_000);
    assert.match((await site.get('billing', '/billing/runs')).text, /20秒たっても受け付けられていません/);
    const early = await site.send('billing', '/billing/runs/start', { job: 'night', date: '2026-05-14' });
    assert.equal(early.status, 409);
    assert.match(early.text, /まだ終わっていない営業日です/);
    const unready = { job: 'seal-day', date: '2026-05-13' };
    const refused = await site.send('billing', '/billing/runs/start', unready);
    assert.equal(refused.status, 409);
    assert.match(refused.text, /先に[^<]*期限切れの解放[^<]*を同じ営業日で実行するか/);
  });

  it('are stopped after a question, and say who stopped them', async () => {
    const run = '/billing/runs/2026-05-13/fold-charges';
    assert.match((await site.get('billing', `${run}/stop`)).text, /この処理を停止しますか/);
    const sent = await site.send('billing', `${run}/stop`);
    assert.deepEqual([sent.status, sent.location], [303, run]);
    assert.match((await site.get('billing', run)).text, /に停止を依頼しました/);
    const finished = await site.send('billing', '/billing/runs/2026-05-12/fold-charges/stop');
    assert.equal(finished.status, 409);
    assert.match(finished.text, /この処理は完了しています/);
  });
});
