import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { companyRoles, staffRoles } from '../../../src/access/permissions.ts';
import { translator } from '../../../src/portal/messages/translate.ts';
import { makeCompany } from '../../support/factories.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { formToken, PageClient, type PageReply } from '../../support/page-client.ts';
import { openAccountsSite, type AccountsSite } from '../accounts/accounts-site.ts';
import { companyMatrix, staffMatrix } from './accounts-matrix.ts';
import { makeAccountOf, signInAccount, type GuardAccount } from './accounts-visitors.ts';
import { checksumsOf } from './checksums.ts';
import { otherThan, type Visitor } from './guard-site.ts';
import type { MatrixRow } from './read-matrix.ts';

const t = translator('ja');
const sites = [
  { audience: 'company', other: 'agent', ...companyMatrix },
  { audience: 'staff', other: 'owner', ...staffMatrix },
] as const;

/** The page that enrols an app or a passkey offers one each time that it is shown, after a refused form too. */
const offers = /\.(account_totp|one_time_token)$/;

describe('every page and form of accounts', () => {
  let site: AccountsSite;
  const accounts = new Map<string, GuardAccount>();
  before(async () => {
    site = await openAccountsSite();
    const { deps } = site.world;
    const { code } = await makeCompany(deps);
    for (const role of [...companyRoles, ...staffRoles])
      accounts.set(role, await makeAccountOf(deps, code, role));
  });
  after(() => site.close());

  const sumsBeside = async (excused: RegExp) =>
    Object.entries(await checksumsOf(site.world)).filter(([table]) => !excused.test(table));

  for (const { audience, other, openers, opened, posted, acting } of sites) {
    const address = ({ path }: MatrixRow<string>) => site.origins[audience] + path;

    /** A browser of each column, with the token of its session or of a visitor. */
    async function newVisitor(who: string): Promise<Required<Visitor> & { token: string }> {
      const account = accounts.get(who === 'other-site' ? other : who);
      const { client, token } = account
        ? await signInAccount(site.world.deps, account, audience)
        : { client: new PageClient(), token: undefined };
      return { client, token: token ?? formToken((await client.get(site.at(audience, '/sign-in'))).text) };
    }

    const assertAnswer = ({ name }: MatrixRow<string>, reply: PageReply, expected: number, who: string) => {
      assert.equal(reply.status, expected, `${name} for ${who}`);
      if (expected === 303 && ['nobody', 'other-site'].includes(who))
        assert.equal(reply.location?.split('?')[0], `/${audience}/sign-in`, name);
    };

    describe(`of the site ${audience}`, () => {
      const visitors = new Map<string, Awaited<ReturnType<typeof newVisitor>>>();
      before(async () => {
        for (const who of openers) visitors.set(who, await newVisitor(who));
      });
      const all: readonly MatrixRow<string>[] = [...posted, ...acting];

      it('opens to the roles of its row, and to no other', async () => {
        for (const row of opened as readonly MatrixRow<string>[])
          for (const who of openers)
            assertAnswer(row, await visitors.get(who)!.client.get(address(row)), row.expected[who]!, who);
      });

      it('refuses a form without its token, with another, or from another site, and writes nothing', async () => {
        const before = await checksumsOf(site.world);
        for (const row of all)
          for (const who of openers.slice(0, 2)) {
            if (row.expected[who] === 303 && !row.name.endsWith('sign-out')) continue;
            const { client, token } = visitors.get(who)!;
            const forged: (readonly [string, Record<string, string>])[] = [
              ['', {}],
              [otherThan(token), {}],
              [token, { origin: 'https://evil.example' }],
              [token, { 'sec-fetch-site': 'cross-site' }],
            ];
            for (const [form_token, headers] of forged) {
              const reply = await client.post(address(row), { form_token }, headers);
              assert.equal(reply.status, 403, `${row.name} for ${who}`);
              assert.ok(reply.text.includes(t('problem.forged-request.title')), row.name);
            }
          }
        assert.deepEqual(await checksumsOf(site.world), before);
      });

      it('takes a form from the roles of its row only, and writes nothing for what is not theirs', async () => {
        const before = await sumsBeside(offers);
        for (const row of posted as readonly MatrixRow<string>[])
          for (const who of openers) {
            const { client, token } = visitors.get(who)!;
            assertAnswer(
              row,
              await client.post(address(row), { form_token: token }),
              row.expected[who]!,
              who,
            );
          }
        assert.deepEqual(await sumsBeside(offers), before);
      });

      for (const language of ['ja', 'en'] as const) {
        it(`is a sound page in ${language}`, async () => {
          for (const row of opened as readonly MatrixRow<string>[]) {
            const who = openers.find((opener) => row.expected[opener] !== 303)!;
            const { text } = await visitors.get(who)!.client.get(`${address(row)}?lang=${language}`);
            assertSoundPage(text, language);
          }
        });
      }

      it('takes a form that acts at once from the roles of its row only', async () => {
        for (const row of acting as readonly MatrixRow<string>[])
          for (const who of openers) {
            const { client, token } = await newVisitor(who);
            assertAnswer(
              row,
              await client.post(address(row), { form_token: token }),
              row.expected[who]!,
              who,
            );
          }
      });
    });
  }
});
