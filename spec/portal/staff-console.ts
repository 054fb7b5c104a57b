import { companyRoles, staffRoles, type StaffRole } from '../../src/access/permissions.ts';
import type { Deps } from '../../src/deps.ts';
import type { MovableClock } from '../../src/shared/clock.ts';
import type { PageClient, PageReply } from '../support/page-client.ts';
import { openAccountsSite, type AccountsSite } from './accounts/accounts-site.ts';
import { makeAccountOf, signInAccount, type GuardAccount } from './guard/accounts-visitors.ts';

/** What addresses of a console name; one of them is the code of a company whose people have accounts. */
export interface ConsoleIds {
  readonly [name: string]: string;
  readonly company: string;
}

/** Both listeners over one world, with a person for every role. */
export interface StaffConsole<Ids extends ConsoleIds> extends AccountsSite {
  readonly accounts: ReadonlyMap<string, GuardAccount>;
  readonly ids: Ids;
  /** The address of a page of the console, with the identifiers of this world in it. */
  addressOf(path: string): string;
  /** Opens a page for somebody with one role; the browser is the same each time. */
  get(role: StaffRole, path: string, language?: 'ja' | 'en'): Promise<PageReply>;
  /** Sends a form with its token. */
  send(role: StaffRole, path: string, fields?: Readonly<Record<string, string>>): Promise<PageReply>;
  /** Sends a form with a file in its field `file`, and its token. */
  sendFile(
    role: StaffRole,
    path: string,
    file: { readonly filename: string; readonly content: string | Buffer },
  ): Promise<PageReply>;
}

/** Opens a console over a world that `fill` makes. */
export async function openStaffConsole<Ids extends ConsoleIds>(
  fill: (deps: Deps, clock: MovableClock) => Promise<Ids>,
  settings: Readonly<Record<string, string>> = {},
): Promise<StaffConsole<Ids>> {
  const site = await openAccountsSite(settings);
  const { deps, clock } = site.world;
  const filled = await fill(deps, clock);
  const accounts = new Map<string, GuardAccount>();
  for (const role of [...companyRoles, ...staffRoles])
    accounts.set(role, await makeAccountOf(deps, filled.company, role));
  const ids: Ids = { ...filled, person: String(accounts.get('developer')!.id) };
  const browsers = new Map<string, Promise<{ client: PageClient; token: string | undefined }>>();
  /** A session ends after half an hour without a request: when the clock has gone on, the person signs in again. */
  const browserOf = (role: StaffRole) => {
    const key = `${role} ${clock.now().getTime()}`;
    if (!browsers.has(key)) browsers.set(key, signInAccount(deps, accounts.get(role)!, 'staff'));
    return browsers.get(key)!;
  };
  const addressOf = (path: string) =>
    site.origins.staff + path.replaceAll(/\{([\w-]+)\}/g, (_, name: string) => ids[name] ?? `no-${name}`);
  return {
    ...site,
    accounts,
    ids,
    addressOf,
    get: async (role, path, language = 'ja') => {
      const { client } = await browserOf(role);
      return client.get(`${addressOf(path)}${path.includes('?') ? '&' : '?'}lang=${language}`);
    },
    send: async (role, path, fields = {}) => {
      const { client, token = '' } = await browserOf(role);
      return client.post(addressOf(path), { form_token: token, ...fields });
    },
    sendFile: async (role, path, file) => {
      const { client, token = '' } = await browserOf(role);
      return client.upload(addressOf(path), { form_token: token }, { field: 'file', ...file });
    },
  };
}
