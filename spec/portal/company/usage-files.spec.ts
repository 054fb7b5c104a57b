import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CompanyRole } from '../../../src/access/permissions.ts';
import type { Deps } from '../../../src/deps.ts';
import { countRows } from '../../support/api-world.ts';
import { makeSale } from '../../support/factories.ts';
import { fileOf, makeConsents, rowOf, sumCharged, work } from '../../usage-files/usage-file-kit.ts';
import { openCompanySiteOver, type CompanySite } from './company-site.ts';

const PATH = '/company/usage-files';

const pathOf = (location: string | null) => new URL(location ?? '', 'https://a.example').pathname;

async function fill(deps: Deps) {
  const sale = await makeSale(deps);
  const consents = await makeConsents(deps, sale, 3);
  return { company: sale.company.code, number: String(sale.company.id), consents: consents.join(' ') };
}

describe("usage files in a company's portal", () => {
  let site: CompanySite<Awaited<ReturnType<typeof fill>>>;
  let consents: string[];
  before(async () => {
    site = await openCompanySiteOver(fill);
    consents = site.ids.consents.split(' ');
  });
  after(() => site.close());

  const sendFile = async (role: CompanyRole, bytes: string, fields: Record<string, string> = {}) => {
    const { client, token } = await site.browserOf(role);
    const file = { field: 'file', filename: '=5月.csv', content: bytes };
    return await client.upload(site.addressOf(PATH), { form_token: token, ...fields }, file);
  };

  it('says what a file does before it is sent, and that there is none', async () => {
    const page = await site.get('owner', PATH, 'en');
    assert.match(page.text, /if one is refused, nothing is charged\. The same file twice charges once\./);
    assert.match(page.text, /No files yet/);
    assert.match(page.text, /optionally reference, item_key and occurred_at\./);
    assert.doesNotMatch((await site.get('finance', PATH, 'en')).text, /Send and charge/);
  });

  it('takes a file, shows how far it is, then its result, which can be downloaded', async () => {
    const sent = await sendFile('developer', fileOf(rowOf(consents[0]!, { reference: '=2+3' })));
    assert.equal(sent.status, 303);
    const path = pathOf(sent.location);
    const waiting = await site.get('developer', path, 'en');
    assert.match(waiting.text, /Being read/);
    assert.match(waiting.text, /<progress max="100" value="0">/);
    await work(site.world.deps);
    const done = await site.get('finance', path, 'en');
    assert.match(done.text, /=5月\.csv/);
    assert.match(done.text, /¥100/);
    const csv = await site.get('finance', `${path}/result.csv`, 'en');
    assert.match(csv.text, /\n2,'=2\+3,,charged,ch_\w{26},,\n/);
    const list = await site.get('finance', PATH, 'ja');
    assert.match(list.text, /課金済み/);
  });

  it('says that the same file was sent before, and charges nothing again', async () => {
    const { deps } = site.world;
    const before = await sumCharged(deps, Number(site.ids.number));
    const again = await sendFile('owner', fileOf(rowOf(consents[0]!, { reference: '=2+3' })), {
      partial: 'on',
    });
    await work(deps);
    const page = await site.get('owner', pathOf(again.location), 'en');
    assert.match(page.text, /was sent before, so nothing is charged again/);
    assert.equal(await countRows(deps, 'usage_file_piece'), 0, 'its bytes are not kept twice');
    assert.deepEqual(await sumCharged(deps, Number(site.ids.number)), before);
  });

  it('says what was refused, of a whole file and of a partial one', async () => {
    const rows = fileOf(rowOf(consents[1]!), rowOf(consents[1]!, { amount: 0 }));
    const whole = await sendFile('owner', rows);
    await work(site.world.deps);
    const refused = await site.get('owner', pathOf(whole.location), 'en');
    assert.match(refused.text, /Nothing was charged: rows refused: 1/);
    const partial = await sendFile('owner', rows, { partial: 'on' });
    await work(site.world.deps);
    const done = await site.get('owner', pathOf(partial.location), 'en');
    assert.match(done.text, /Charged in part/);
    const none = await sendFile('owner', fileOf(rowOf(consents[1]!, { amount: 0 })), { partial: 'on' });
    await work(site.world.deps);
    const nothing = await site.get('owner', pathOf(none.location), 'en');
    assert.match(nothing.text, /Nothing charged/);
    assert.doesNotMatch(nothing.text, /Charged in part/);
  });

  it('goes back to the form without a file, and with an empty one', async () => {
    assert.equal((await site.send('owner', PATH)).status, 422);
    assert.equal((await sendFile('owner', '')).status, 422);
  });
});
