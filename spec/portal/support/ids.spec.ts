import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { openSupportSite, type SupportSite } from './support-site.ts';

const why = { askedBy: 'holder', why: 'ログインできないとのお申し出' };

describe('issued IDs at the support desk', () => {
  let site: SupportSite;
  before(async () => void (site = await openSupportSite()));
  after(() => site.close());

  const issuedOn = async (line: string) =>
    await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('subscriber')
      .select(['issuedId', 'state'])
      .where('lineId', '=', site.ids[line]!)
      .orderBy('id')
      .execute();

  it('are stopped from signing in and let in again, with what happened on their page', async () => {
    const held = await site.send('agent', '/support/ids/{issued-id}/hold', { ...why, days: '7' });
    assert.equal(held.status, 303);
    const { text } = await site.get('agent', '/support/ids/{issued-id}');
    assert.match(text, /ログイン停止中/);
    assert.match(text, /＊＊＊/);
    const password = await site.send('agent', '/support/ids/{issued-id}/password', why);
    assert.equal(password.status, 409, 'a hold is lifted first');
    assert.match(password.text, /先に停止を解除/);
    assert.equal((await site.send('agent', '/support/ids/{issued-id}/unlock', why)).status, 303);
    assert.equal((await site.send('agent', '/support/ids/{issued-id}/unlock', why)).status, 303);
    assert.doesNotMatch((await site.get('agent', '/support/ids/{issued-id}')).text, /ログイン停止中/);
  });

  it('get a new password that is shown once, with the letter for who sees the personal data', async () => {
    const path = '/support/ids/{issued-id}/password';
    const other = await site.send('agent', path, { ...why, askedBy: 'company' });
    assert.equal(other.status, 409, 'on the word of a company');
    const masked = await site.send('agent', path, why);
    assert.equal(masked.status, 200);
    assert.match(masked.text, /仮のパスワード/);
    assert.doesNotMatch(masked.text, /data:application\/pdf/);
  });

  it('are issued once from one page, and not as the ID of somebody else', async () => {
    const path = '/support/lines/{other-line}/ids/new';
    const { text } = await site.get('agent', path);
    const [, issueKey = ''] = /name="issueKey" value="(\w{26})"/.exec(text) ?? [];
    const [, tenure = ''] = /name="tenure" value="([\d-]{10})"/.exec(text) ?? [];
    const fields = { ...why, displayName: '春子', issuedFor: 'person', issueKey, tenure };
    const byOther = await site.send('agent', path, { ...fields, askedBy: 'person' });
    assert.equal(byOther.status, 409, 'on the word of somebody else');
    const stranger = await site.send('agent', path, { ...fields, issuedFor: 'holder' });
    assert.equal(stranger.status, 409);
    const replies = await Promise.all([site.send('agent', path, fields), site.send('agent', path, fields)]);
    assert.deepEqual(
      replies.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 409],
    );
    assert.equal((await issuedOn('other-line')).length, 2);
  });

  it('are ended once, for good', async () => {
    const [, added] = await issuedOn('other-line');
    const path = `/support/ids/${added!.issuedId}/end`;
    assert.equal((await site.send('administrator', path, why)).status, 303);
    assert.equal((await site.send('administrator', path, why)).status, 303);
    assert.equal((await issuedOn('other-line'))[1]!.state, 'ended');
    assert.match((await site.get('agent', path)).text, /すでに終了しています/);
    assert.equal((await site.send('agent', path.replace('/end', '/password'), why)).status, 404);
  });
});
