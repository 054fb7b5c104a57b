import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { cancelCharge } from '../../../src/charges/cancel-charge.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { staff } from '../../support/actors.ts';
import { openMySite, type MySite, type Person } from './my-site.ts';

const pageOf = (id: string) => `/my/purchases/${publicId('charge', id)}`;

describe('the record of a purchase at /my', () => {
  let site: MySite;
  let holder: Person;
  let taro: Person;
  let stranger: Person;
  let song: string;
  before(async () => {
    site = await openMySite();
    [holder, taro] = (await site.newLine(['花子', '太郎'])) as [Person, Person];
    [stranger] = (await site.newLine(['他人'])) as [Person];
    song = await site.use(taro, 1_100n);
  });
  after(() => site.close());

  const open = async (person: Person, path: string) =>
    (await site.signIn(person)).get(`${site.origin}${path}`);

  it('is a PDF for who bought it and for the holder of the line, linked from its page', async () => {
    const { text } = await open(taro, pageOf(song));
    assert.ok(text.includes(`href="${pageOf(song)}/receipt"`));
    for (const person of [taro, holder]) {
      const { status, headers, text: pdf } = await open(person, `${pageOf(song)}/receipt`);
      assert.deepEqual([status, headers.get('content-type')], [200, 'application/pdf']);
      assert.equal(
        headers.get('content-disposition'),
        `attachment; filename="purchase-${publicId('charge', song)}.pdf"`,
      );
      assert.ok(pdf.startsWith('%PDF-1.7'));
      assert.equal(headers.get('cache-control'), 'no-store');
    }
  });

  it('does not exist for people of another line, and for identifiers of nothing', async () => {
    assert.equal((await open(stranger, `${pageOf(song)}/receipt`)).status, 404);
    assert.equal((await open(taro, '/my/purchases/ch_nothing/receipt')).status, 404);
  });

  it('is neither linked nor made of a purchase that was cancelled', async () => {
    const camera = await site.reserve(taro, 300n);
    assert.ok((await open(taro, pageOf(camera))).text.includes('/receipt"'));
    await cancelCharge(site.world.deps, staff('x', 'agent'), { chargeId: camera });
    assert.ok(!(await open(taro, pageOf(camera))).text.includes('/receipt"'));
    assert.equal((await open(taro, `${pageOf(camera)}/receipt`)).status, 409);
  });
});
