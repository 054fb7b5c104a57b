import type { CompanyRole } from '../../../src/access/permissions.ts';
import type { Deps } from '../../../src/deps.ts';
import type { MovableClock } from '../../../src/shared/clock.ts';
import type { PageClient, PageReply } from '../../support/page-client.ts';
import { signInAccount } from '../guard/accounts-visitors.ts';
import { openStaffConsole, type ConsoleIds, type StaffConsole } from '../staff-console.ts';
import { fillCompanyWorld, type CompanyIds } from './company-world.ts';

/** A company's portal, with a person of every role of the company. */
export interface CompanySite<Ids extends ConsoleIds = CompanyIds> extends Omit<
  StaffConsole<Ids>,
  'get' | 'send' | 'sendFile'
> {
  get(role: CompanyRole, path: string, language?: 'ja' | 'en'): Promise<PageReply>;
  /** Sends a form with its token. */
  send(role: CompanyRole, path: string, fields?: Readonly<Record<string, string>>): Promise<PageReply>;
  /** The browser of somebody with one role. */
  browserOf(role: CompanyRole): Promise<{ readonly client: PageClient; readonly token: string }>;
}

export async function openCompanySite(): Promise<CompanySite> {
  return await openCompanySiteOver(fillCompanyWorld);
}

/** The same over a world that `fill` makes, with settings of its own. */
export async function openCompanySiteOver<Ids extends ConsoleIds>(
  fill: (deps: Deps, clock: MovableClock) => Promise<Ids>,
  settings: Readonly<Record<string, string>> = {},
): Promise<CompanySite<Ids>> {
  const site = await openStaffConsole(fill, settings);
  const { deps, clock } = site.world;
  const addressOf = (path: string) => site.addressOf(path).replace(site.origins.staff, site.origins.company);
  const browsers = new Map<string, ReturnType<typeof signInAccount>>();
  const browserOf = async (role: CompanyRole) => {
    const key = `${role} ${clock.now().getTime()}`;
    if (!browsers.has(key)) browsers.set(key, signInAccount(deps, site.accounts.get(role)!, 'company'));
    const { client, token = '' } = await browsers.get(key)!;
    return { client, token };
  };
  return {
    ...site,
    addressOf,
    browserOf,
    get: async (role, path, language = 'ja') => {
      const { client } = await browserOf(role);
      return client.get(`${addressOf(path)}${path.includes('?') ? '&' : '?'}lang=${language}`);
    },
    send: async (role, path, fields = {}) => {
      const { client, token } = await browserOf(role);
      return client.post(addressOf(path), { form_token: token, ...fields });
    },
  };
}
