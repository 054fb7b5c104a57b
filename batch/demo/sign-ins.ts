import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatIssuedId } from '../../src/identity/issued-id.rules.ts';
import { describeAccounts, type AccountSignIn } from './account-sign-ins.ts';
import { companyOf, returnUrlOf, subscriberOf, type DemoWorld } from './acts/demo-world.ts';
import { chooseVisitors } from './plan/choose-visitors.rules.ts';
import type { WorldPlan } from './plan/world-plan.ts';
import { resultNames } from './results/results-folder.ts';
import { describeWhatHappened } from './results/what-happened.ts';
import { writeJson } from './results/write-json.ts';

/** Credentials to explore a demo world; they are valid nowhere else. */
export interface SignIns {
  readonly subscribers: readonly {
    readonly issuedId: string;
    readonly password: string;
    /** What there is to see; left out in the files of earlier releases. */
    readonly shows?: string;
  }[];
  readonly company: {
    readonly name: string;
    readonly apiKey: string;
    readonly service: string;
    readonly returnUrl: string;
  };
  /** One of each role; left out in the files of earlier releases. */
  readonly accounts?: readonly AccountSignIn[];
  /** What came back in the world, in sentences; left out in the files of earlier releases. */
  readonly happened?: readonly string[];
}

/** Where a world is reached. */
export interface DemoAddresses {
  readonly publicOrigin: string;
  readonly staffOrigin: string;
  /** Of the example shop, while it is open. */
  readonly shopOrigin?: string | undefined;
}

/** Chooses some people and a company, and writes them where the demo's user alone can read them. */
export async function writeSignIns(out: string, world: DemoWorld, plan: WorldPlan): Promise<SignIns> {
  const [company] = plan.companies;
  const [service] = company!.services;
  const signIns = {
    subscribers: chooseVisitors(plan).map(({ subscriber, shows }) => ({
      issuedId: formatIssuedId(subscriberOf(world, subscriber).issuedId),
      password: subscriber.password ?? '',
      shows,
    })),
    company: {
      name: company!.name,
      apiKey: companyOf(world, company!).token,
      service: service.code,
      returnUrl: returnUrlOf(service, 'try'),
    },
    accounts: plan.accounts,
    happened: await describeWhatHappened(world.site.deps),
  };
  await writeJson(join(out, resultNames.signIns), signIns, 0o600);
  return signIns;
}

/** Those of the demo in this folder; undefined when it is gone. */
export async function readSignIns(out: string): Promise<SignIns | undefined> {
  try {
    return JSON.parse(await readFile(join(out, resultNames.signIns), 'utf8')) as SignIns;
  } catch {
    return undefined;
  }
}

/** What to open and how to sign in, in lines for a terminal. */
export function describeSignIns(
  { subscribers, company, accounts, happened }: SignIns,
  { publicOrigin, staffOrigin, shopOrigin }: DemoAddresses,
): string {
  const people = subscribers.map(({ issuedId, password, shows }) =>
    [`  issued ID ${issuedId}   password ${password}`, ...(shows ? [shows] : [])].join('   '),
  );
  return [
    ...(happened ? ['What happened:', '', ...happened.map((sentence) => `  ${sentence}`), ''] : []),
    'Open in a browser on this machine:',
    '',
    `  ${publicOrigin}/my          what a subscriber paid, to whom and why, and how to stop it`,
    `  ${publicOrigin}/companies   who can be paid`,
    `  ${publicOrigin}/docs        the API`,
    ...(shopOrigin === undefined
      ? []
      : [`  ${shopOrigin}      an example shop: buy something, with an issued ID and password from below`]),
    '',
    'Subscribers; at the first sign-in /my asks for a new password, which then replaces this one:',
    '',
    ...people,
    '',
    `To buy something, ask for a sale as ${company.name} and open the confirm_url of the response:`,
    '',
    ...describeSale(company, publicOrigin),
    '',
    'The page leads back to the company. Its site does not exist, but the address shows the result of the sale.',
    ...(accounts
      ? [
          '',
          `People of companies sign in at ${publicOrigin}/company and see their sales, settlements and keys by their role;`,
          `those of the carrier at ${staffOrigin}/staff, which leads to /billing and /support;`,
          'npm run demo:code, in another terminal, prints the codes of their authenticator apps:',
          '',
          describeAccounts(accounts),
        ]
      : []),
  ].join('\n');
}

function describeSale({ apiKey, service, returnUrl }: SignIns['company'], origin: string): string[] {
  const body = {
    service,
    amount: 330,
    tax_code: 'standard',
    description: 'お試し1回',
    return_url: returnUrl,
    capture: 'automatic',
  };
  return [
    `  curl ${origin}/v1/charges -H 'Authorization: Bearer ${apiKey}' \\`,
    `    -H 'Content-Type: application/json' -H "Idempotency-Key: try-$(date +%s)" \\`,
    `    -d '${JSON.stringify(body)}'`,
  ];
}
