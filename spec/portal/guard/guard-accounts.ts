import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { AccountAudience } from '../../../src/accounts/account.rules.ts';
import { translator } from '../../../src/portal/messages/translate.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { formToken, PageClient, type PageReply } from '../../support/page-client.ts';
import type { AccountsSite } from '../accounts/accounts-site.ts';
import { signInAccount, type GuardAccount } from './accounts-visitors.ts';
import { checksumsOf } from './checksums.ts';
import { otherThan, type Visitor } from './guard-site.ts';
import type { MatrixRow } from './read-matrix.ts';

type Rows = readonly MatrixRow<string>[];

/** A portal of accounts to guard. */
export interface GuardedPortal {
  readonly title: string;
  readonly audience: AccountAudience;
  /** Whose session is not of the site: the column `other-site`. */
  readonly other: string;
  readonly openers: readonly string[];
  readonly opened: Rows;
  readonly posted: Rows;
  readonly acting: Rows;
  /** Files, which are no pages. */
  readonly downloads?: readonly string[];
  /** Tables that a refused form may write. */
  readonly excused?: RegExp;
  /** What is there once the specs run. */
  site(): AccountsSite;
  accountOf(role: string): GuardAccount | undefined;
  addressOf(path: string): string;
}

const t = translator('ja');
/** Refused for good, or until the person has asked to see whose it is. */
const refusals = [t('problem.permission-denied.title'), t('problem.personal-data-hidden.title')];
const outside = new Set(['nobody', 'other-site']);

/** Declares the specs of every row: who is let in, who is refused, and that a refusal writes nothing. */
export function guardAccounts(portal: GuardedPortal): void {
  const { title, audience, other, openers, opened, posted, acting, downloads = [], excused = /^$/ } = portal;
  const address = ({ path }: MatrixRow<string>) => portal.addressOf(path);

  /** A browser of each column, with the token of its session or of a visitor. */
  async function newVisitor(who: string): Promise<Required<Visitor> & { token: string }> {
    const site = portal.site();
    const account = portal.accountOf(who === 'other-site' ? other : who);
    const { client, token } = account
      ? await signInAccount(site.world.deps, account, audience)
      : { client: new PageClient(), token: undefined };
    return { client, token: token ?? formToken((await client.get(site.at(audience, '/sign-in'))).text) };
  }

  const assertAnswer = ({ name }: MatrixRow<string>, reply: PageReply, expected: number, who: string) => {
    assert.equal(reply.status, expected, `${name} for ${who}`);
    if (expected === 303 && outside.has(who))
      assert.equal(reply.location?.split('?')[0], `/${audience}/sign-in`, name);
    if (expected === 403)
      assert.ok(
        refusals.some((title) => reply.text.includes(title)),
        name,
      );
  };

  const sumsBeside = async (tables: RegExp) =>
    Object.entries(await checksumsOf(portal.site().world)).filter(([table]) => !tables.test(table));

  describe(title, () => {
    const visitors = new Map<string, Awaited<ReturnType<typeof newVisitor>>>();
    before(async () => {
      for (const who of openers) visitors.set(who, await newVisitor(who));
    });

    it('opens to the roles of its row, and to no other', async () => {
      for (const row of opened)
        for (const who of openers)
          assertAnswer(row, await visitors.get(who)!.client.get(address(row)), row.expected[who]!, who);
    });

    it('refuses a form without its token, with another, or from another site, and writes nothing', async () => {
      const before = await sumsBeside(/^$/);
      for (const row of [...posted, ...acting])
        for (const who of openers.filter((opener) => isReached(row, opener)).slice(0, 2)) {
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
      assert.deepEqual(await sumsBeside(/^$/), before);
    });

    it('takes a form from the roles of its row only, and writes nothing for what is not theirs', async () => {
      const before = await sumsBeside(excused);
      for (const row of posted)
        for (const who of openers) {
          const { client, token } = visitors.get(who)!;
          const reply = await client.post(address(row), { form_token: token });
          assertAnswer(row, reply, row.expected[who]!, who);
        }
      assert.deepEqual(await sumsBeside(excused), before);
    });

    for (const language of ['ja', 'en'] as const) {
      it(`is a sound page in ${language}, and so is its refusal`, async () => {
        for (const row of opened)
          for (const status of new Set(Object.values(row.expected))) {
            if (status === 303 || (status === 200 && downloads.includes(row.name))) continue;
            const who = openers.find((opener) => row.expected[opener] === status)!;
            const query = `${address(row).includes('?') ? '&' : '?'}lang=${language}`;
            const { text } = await visitors.get(who)!.client.get(address(row) + query);
            try {
              assertSoundPage(text, language);
            } catch (error) {
              throw new Error(`${row.name} for ${who}`, { cause: error });
            }
          }
      });
    }

    it('takes a form that acts at once from the roles of its row only', async () => {
      for (const row of acting)
        for (const who of openers) {
          const { client, token } = await newVisitor(who);
          assertAnswer(row, await client.post(address(row), { form_token: token }), row.expected[who]!, who);
        }
    });
  });
}

/** Whether a form of somebody is looked at at all: it is for everybody, or they have the session and the permission. */
function isReached({ name, expected }: MatrixRow<string>, who: string): boolean {
  if (expected[who] === 403) return false;
  return expected[who] !== 303 || !outside.has(who) || name.endsWith('sign-out');
}
