import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccountAudience } from '../../../src/accounts/account.rules.ts';
import { createApp, createStaffApp } from '../../../src/app.ts';
import { totpCodeAt } from '../../../src/identity/totp.rules.ts';
import { PASSWORD, SEED } from '../../support/accounts.ts';
import { ScriptedLineCheck } from '../../support/checkout-site.ts';
import { formToken, PageClient, type PageReply } from '../../support/page-client.ts';
import { createWorld, type World } from '../../support/world.ts';

/** Both listeners over one world, each at its own origin. */
export interface AccountsSite {
  readonly world: World;
  readonly origins: Readonly<Record<AccountAudience, string>>;
  /** Address of a page of a site: `/sign-in` is `http://localhost:…/staff/sign-in`. */
  at(audience: AccountAudience, path: string): string;
  /** Opens a page and posts to an address of its forms. */
  post(client: PageClient, page: string, fields: Record<string, string>, to?: string): Promise<PageReply>;
  signIn(client: PageClient, who: Person, over?: Record<string, string>): Promise<PageReply>;
  /** What the AAA server would say. */
  readonly lineCheck: ScriptedLineCheck;
  /** The next code of the app; the clock advances by half a minute, because each code works once. */
  nextCode(seed?: Uint8Array): string;
  /** Password and code, on the site of the account. */
  enter(client: PageClient, who: Person): Promise<PageReply>;
  close(): Promise<void>;
}

interface Person {
  readonly audience: AccountAudience;
  readonly email: string;
}

export async function openAccountsSite(
  settings: Readonly<Record<string, string>> = {},
): Promise<AccountsSite> {
  const [open, staff] = [await listen(), await listen()];
  const world = await createWorld({
    PUBLIC_ORIGIN: open.origin,
    STAFF_ORIGIN: staff.origin,
    ...settings,
  });
  const lineCheck = new ScriptedLineCheck();
  const deps = { ...world.deps, lineCheck };
  open.server.on('request', createApp(deps).callback() as RequestListener);
  staff.server.on('request', createStaffApp(deps).callback() as RequestListener);
  const origins = { company: open.origin, staff: staff.origin };
  const at = (audience: AccountAudience, path: string) => `${origins[audience]}/${audience}${path}`;
  const signIn: AccountsSite['signIn'] = (client, { audience, email }, over = {}) =>
    post(client, at(audience, '/sign-in'), { email, password: PASSWORD, ...over });
  const nextCode = (seed: Uint8Array = SEED) => {
    world.clock.advance(30_000);
    return totpCodeAt(seed, world.clock.now());
  };
  return {
    world,
    lineCheck,
    origins,
    at,
    post,
    signIn,
    nextCode,
    enter: async (client, who) => {
      await signIn(client, who);
      const page = at(who.audience, '/sign-in/factor');
      return post(client, page, { code: nextCode() }, at(who.audience, '/sign-in/code'));
    },
    close: async () => {
      await open.close();
      await staff.close();
      await world.close();
    },
  };
}

const post: AccountsSite['post'] = async (client, page, fields, to = page) => {
  const { text } = await client.get(page);
  return client.post(to, { form_token: formToken(text), ...fields });
};

/** Under a name: passkeys belong to a host name, not to a number. */
async function listen() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { server, origin: `http://localhost:${port}`, close };
}
