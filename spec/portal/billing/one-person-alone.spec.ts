import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { queryRows } from '../../../src/database/statement-pipeline.ts';
import { totpCodeAt } from '../../../src/identity/totp.rules.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { typeCommand } from '../../batch/admin/type-command.ts';
import { makeStaff, SEED } from '../../support/accounts.ts';
import { signInAccount } from '../guard/accounts-visitors.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';
import { changesForTwo } from './changes-for-two.ts';

/** Somebody at the carrier who may both propose and approve: alone it is to no avail. */
type Person = Awaited<ReturnType<typeof openPerson>>;

async function openPerson(site: BillingSite) {
  const { deps, clock } = site.world;
  const { account } = await makeStaff(deps, 'billing', 'billing-approver');
  const { client, token = '' } = await signInAccount(deps, account, 'staff');
  const production = { ...deps, config: { ...deps.config, mode: 'production' as const } };
  const definition = join(deps.config.filesDir, 'tariff.json');
  await writeFile(
    definition,
    JSON.stringify({ monthlyBaseMinor: 0, percentBps: 100, perLineMinimumMinor: 0, bands: [] }),
  );
  return {
    email: account.email,
    get: async (path: string) => (await client.get(`${site.addressOf(path)}?lang=en`)).text,
    post: async (path: string, fields: Readonly<Record<string, string>> = {}) =>
      (await client.post(site.addressOf(path), { form_token: token, ...fields })).status,
    /** On a command line of production: with the code of the own app, unless another name is given. */
    async type(words: string, as = account.email): Promise<string> {
      clock.advance(30_000);
      const code = totpCodeAt(SEED, clock.now());
      const codes = { fromEnvironment: code, readFile: () => Promise.resolve(code), ask: undefined };
      const args = [...words.split(' ').map((word) => (word === 'FILE' ? definition : word)), '--as', as];
      const { code: exitCode, error } = await typeCommand(production, args, codes);
      return exitCode === 0 ? 'done' : (/\[([a-z-]+)\]/.exec(error)?.[1] ?? error);
    },
  };
}

describe('one person alone', () => {
  let site: BillingSite;
  before(async () => void (site = await openBillingSite()));
  after(() => site.close());

  const read = <T>(text: string, values: readonly string[] = []) =>
    queryRows<T & object>(site.world.deps.orm.em.fork(), text, values);
  /** What decides how much money goes where. */
  const terms = async () => {
    const tables = ['tariff', 'contract', 'bank_account'];
    const rows = await Promise.all(tables.map((table) => read(`SELECT * FROM ${table} ORDER BY 1, 2, 3`)));
    return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  };
  const pendingOf = async (kind: string) => {
    const rows = await read<{ id: string; maker: string }>(
      `SELECT id, maker FROM approval WHERE kind = ? AND state = 'pending'`,
      [kind],
    );
    return rows.map(({ id }) => publicId('approval', id));
  };

  for (const { name, kind, path, fields, command } of changesForTwo) {
    describe(`cannot make ${name}`, () => {
      let alone: Person;
      let was: string;
      let approval: string;
      before(async () => {
        alone = await openPerson(site);
        was = await terms();
      });

      it('by the command that would make it at once', async () => {
        assert.equal(await alone.type(command), 'approval-required');
        assert.equal(await terms(), was);
      });

      it('by its page: two tabs propose it once, and a form sent again proposes nothing', async () => {
        const tabs = await Promise.all([alone.post(path, fields), alone.post(path, fields)]);
        assert.deepEqual(tabs.toSorted(), [303, 409]);
        assert.equal(await alone.post(path, fields), 409);
        const pending = await pendingOf(kind);
        assert.equal(pending.length, 1);
        approval = pending[0]!;
        assert.equal(await terms(), was);
      });

      it('by approving it: no page offers it', async () => {
        const approve = `${approval}/approve`;
        for (const page of [
          '/billing/approvals',
          `/billing/approvals/${approval}`,
          `/billing/approvals/${approve}`,
        ])
          assert.doesNotMatch(await alone.get(page), new RegExp(`(href|action)="[^"]*${approve}"`), page);
      });

      it('by posting the approval past the page, in two tabs and again', async () => {
        const approve = `/billing/approvals/${approval}/approve`;
        assert.deepEqual(await Promise.all([alone.post(approve), alone.post(approve)]), [403, 403]);
        assert.equal(await alone.post(approve, { note: 'ok' }), 403);
        assert.equal(await terms(), was);
      });

      it('by approving it on the command line, under the own name, another one or another spelling', async () => {
        const approve = `approval approve --approval ${approval}`;
        assert.equal(await alone.type(approve), 'approval-own');
        assert.equal(await alone.type(approve, 'jiro'), 'approval-needs-person');
        assert.equal(await alone.type(approve, alone.email.toUpperCase()), 'approval-own');
        assert.equal(await terms(), was);
      });

      it('but two people can', async () => {
        assert.deepEqual(await pendingOf(kind), [approval]);
        const other = await openPerson(site);
        assert.equal(await other.post(`/billing/approvals/${approval}/approve`), 303);
        assert.notEqual(await terms(), was);
      });
    });
  }
});
