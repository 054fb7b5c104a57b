import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseConfig } from '../../../config/config.ts';
import { translator } from '../../../src/portal/messages/translate.ts';
import { createPortals } from '../../../src/portal/portals.ts';
import { assertSoundPage } from '../../support/html-check.ts';
import { formToken, type PageReply } from '../../support/page-client.ts';
import { companyMatrix, staffMatrix } from './accounts-matrix.ts';
import { billingMatrix } from './billing-matrix.ts';
import { companyDeskMatrix } from './company-matrix.ts';
import { supportMatrix } from './support-matrix.ts';
import { openGuardSite, otherThan, type GuardSite, type Visitor } from './guard-site.ts';
import { acting, opened, openers, posted, posters } from './role-matrix.ts';

const portals = createPortals(parseConfig({}));
const signInPathOf = new Map(
  portals.flatMap(({ audience, pages, forms = [], downloads = [] }) =>
    [...pages, ...forms, ...downloads].map(
      ({ name }) => [name, audience === 'public' ? undefined : audience.signInPath] as const,
    ),
  ),
);
const t = translator('ja');

const allOpened = [
  opened,
  companyMatrix.opened,
  staffMatrix.opened,
  billingMatrix.opened,
  supportMatrix.opened,
  companyDeskMatrix.opened,
].flat();
const allPosted = [
  posted,
  acting,
  companyMatrix.posted,
  companyMatrix.acting,
  staffMatrix.posted,
  staffMatrix.acting,
  billingMatrix.posted,
  billingMatrix.acting,
  supportMatrix.posted,
  supportMatrix.acting,
  companyDeskMatrix.posted,
  companyDeskMatrix.acting,
].flat();

/** Each name once: a page has a row for each address that matters. */
const names = (list: readonly { readonly name: string }[]) =>
  [...new Set(list.map(({ name }) => name))].sort();

interface Row {
  readonly name: string;
  readonly path: string;
}

function assertAnswer({ name }: Row, reply: PageReply, expected: number, who: string): void {
  assert.equal(reply.status, expected, `${name} for ${who}`);
  if (expected === 303 && who === 'nobody')
    assert.equal(reply.location?.split('?')[0], signInPathOf.get(name), name);
  if (expected === 403) assert.ok(reply.text.includes(t('problem.permission-denied.title')), name);
}

describe('the matrix of roles', () => {
  it('has every page and download, and no other', () => {
    const declared = portals.flatMap(({ pages, downloads = [] }) => [...pages, ...downloads]);
    assert.deepEqual(names(allOpened), names(declared));
  });

  it('has every form once, and no other', () => {
    assert.deepEqual(names(allPosted), names(portals.flatMap(({ forms = [] }) => forms)));
  });

  it('names addresses that its pages have', () => {
    const paths = new Map(
      portals.flatMap(({ pages, forms = [], downloads = [] }) =>
        [...pages, ...forms, ...downloads].map(({ name, path }) => [name, path] as const),
      ),
    );
    for (const { name, path } of [...allOpened, ...allPosted]) {
      const shape = new RegExp(`^${paths.get(name)!.replaceAll(/:\w+/g, '[^/?]+')}(\\?|$)`);
      assert.match(path, shape, name);
    }
  });
});

describe('every page, form and download', () => {
  let site: GuardSite;
  before(async () => void (site = await openGuardSite()));
  after(() => site.close());

  /** The token in the forms of a portal: that of the session, or that of a visitor where nobody is signed in. */
  async function tokenOf({ client, token }: Visitor, name: string): Promise<string> {
    if (token !== undefined && signInPathOf.get(name) !== undefined) return token;
    return formToken((await client.get(site.addressOf('/answers/{answer}'))).text);
  }

  const post = async (visitor: Visitor, { name, path }: Row) => {
    const form_token = await tokenOf(visitor, name);
    return visitor.client.post(site.addressOf(path), { form_token });
  };

  it('opens to the roles of its row, and to no other', async () => {
    for (const row of opened)
      for (const who of openers) {
        // The checkout proves the line: the session is on it afterwards.
        const isProving = row.name.startsWith('checkout.');
        const { client } = isProving ? await site.newVisitor(who) : site.visitorOf(who);
        assertAnswer(row, await client.get(site.addressOf(row.path, who)), row.expected[who], who);
      }
  });

  it('takes a form from the roles of its row only, finds nothing of others, and writes nothing', async () => {
    const before = await site.checksums();
    for (const row of posted)
      for (const who of posters) {
        const reply = await post(site.visitorOf(who), row);
        assertAnswer(row, reply, row.expected[who], who);
      }
    assert.deepEqual(await site.checksums(), before);
  });

  it('refuses a form without its token, with that of somebody else, or from another site, and writes nothing', async () => {
    const before = await site.checksums();
    for (const row of [...posted, ...acting])
      for (const who of posters) {
        if (row.expected[who] === 303 || row.expected[who] === 403) continue;
        const own = row.path.replaceAll('{other-', '{');
        const visitor = site.visitorOf(who);
        const token = await tokenOf(visitor, row.name);
        const forged: (readonly [string, Record<string, string>])[] = [
          ['', {}],
          [otherThan(token), {}],
          [token, { origin: 'https://evil.example' }],
          [token, { 'sec-fetch-site': 'cross-site' }],
        ];
        for (const [given, headers] of forged) {
          const reply = await visitor.client.post(site.addressOf(own), { form_token: given }, headers);
          assert.equal(reply.status, 403, `${row.name} for ${who}`);
          assert.ok(reply.text.includes(t('problem.forged-request.title')), row.name);
        }
      }
    assert.deepEqual(await site.checksums(), before);
  });

  for (const language of ['ja', 'en'] as const) {
    it(`is a sound page in ${language}, and so is its refusal`, async () => {
      const pages = new Set(portals.flatMap((portal) => portal.pages).map(({ name }) => name));
      for (const row of opened.filter(({ name }) => pages.has(name)))
        for (const status of [200, 403, 404]) {
          const who = openers.find((opener) => row.expected[opener] === status);
          if (!who) continue;
          const address = site.addressOf(row.path, who);
          const { text } = await site.visitorOf(who).client.get(`${address}?lang=${language}`);
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
      for (const who of posters)
        assertAnswer(row, await post(await site.newVisitor(who), row), row.expected[who], who);
  });
});
