import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import { sqlOf } from '../../../src/database/sql.ts';
import {
  openCheckoutSite,
  PASSWORD,
  ScriptedLineCheck,
  type CheckoutSite,
} from '../../support/checkout-site.ts';
import { formToken, PageClient } from '../../support/page-client.ts';

const lineCheck = new ScriptedLineCheck();
let site: CheckoutSite;
before(async () => void (site = await openCheckoutSite(lineCheck)));
after(() => site.close());

it('a browser that has left its line cannot make us flood the AAA servers by opening its pages', async () => {
  const { issuedId, id } = await site.newSubscriber();
  const client = new PageClient();
  const address = `${site.origin}/my/sign-in`;
  const { text } = await client.get(address);
  await client.post(address, { form_token: formToken(text), issuedId, password: PASSWORD });
  await sql`UPDATE session SET content = JSON_SET(content, '$.lineProof.address', '192.0.2.77') WHERE subscriber_id = ${id}`.execute(
    sqlOf(site.world.deps.orm.em.fork()),
  );
  lineCheck.outcome = { kind: 'refused', reason: 'rejected' };
  lineCheck.asked.length = 0;
  const pages = Array.from({ length: 60 }, () => client.get(`${site.origin}/my/security`));
  const statuses = new Set((await Promise.all(pages)).map(({ status }) => status));
  assert.deepEqual([...statuses], [303]);
  for (let n = 0; n < 30; n += 1) await client.get(`${site.origin}/my/security`);
  assert.ok(
    lineCheck.asked.length >= 1 && lineCheck.asked.length <= 15,
    `asked ${lineCheck.asked.length} times`,
  );
});
