import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatIssuedId } from '../../src/identity/issued-id.rules.ts';
import { describeAccounts, type AccountSignIn } from './account-sign-ins.ts';
import { companyOf, returnUrlOf, subscriberOf, type DemoWorld } from './acts/demo-world.ts';
import type { WorldPlan } from './plan/world-plan.ts';
import { resultNames } from './results/results-folder.ts';
import { writeJson } from './results/write-json.ts';

/** Credentials to explore a demo world; they are valid nowhere else. */
export interface SignIns {
  readonly subscribers: readonly { readonly issuedId: string; readonly password: string }[];
  readonly company: {
    readonly name: string;
    readonly apiKey: string;
    readonly service: string;
    readonly returnUrl: string;
  };
  /** One of each role; left out in the files of earlier releases. */
  readonly accounts?: readonly AccountSignIn[];
}

const SUBSCRIBERS = 3;

/** Chooses some people and a company, and writes them where the demo's user alone can read them. */
export async function writeSignIns(out: string, world: DemoWorld, plan: WorldPlan): Promise<SignIns> {
  const [company] = plan.companies;
  const [service] = company!.services;
  // The last ones issued: the new holders of lines that have moved are among them.
  const people = plan.subscribers.filter(({ password }) => password !== undefined).slice(-SUBSCRIBERS);
  const signIns = {
    subscribers: people.map((person) => ({
      issuedId: formatIssuedId(subscriberOf(world, person).issuedId),
      password: person.password ?? '',
    })),
    company: {
      name: company!.name,
      apiKey: companyOf(world, company!).token,
      service: service.code,
      returnUrl: returnUrlOf(service, 'try'),
    },
    accounts: plan.accounts,
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

/** Where a world is reached. */
export interface DemoAddresses {
  readonly publicOrigin: string;
  readonly staffOrigin: string;
}

const ACCOUNTS =
  'People of the carrier and of a company have accounts; npm run demo:code prints the codes of their authenticator apps:';

/** How to buy something by hand, in lines for a terminal. */
export function describeSignIns(
  { subscribers, company, accounts }: SignIns,
  { publicOrigin: address, staffOrigin }: DemoAddresses,
): string {
  const body = {
    service: company.service,
    amount: 330,
    tax_code: 'standard',
    description: 'お試し1回',
    return_url: company.returnUrl,
    capture: 'automatic',
  };
  return [
    `Ask for a sale as ${company.name} and open the confirm_url of the response in a browser on this machine:`,
    '',
    `  curl ${address}/v1/charges -H 'Authorization: Bearer ${company.apiKey}' \\`,
    `    -H 'Content-Type: application/json' -H "Idempotency-Key: try-$(date +%s)" \\`,
    `    -d '${JSON.stringify(body)}'`,
    '',
    'Sign in there as one of:',
    ...subscribers.map(({ issuedId, password }) => `  issued ID ${issuedId}   password ${password}`),
    '',
    'The page leads back to the company. Its site does not exist, but the address shows the result of the sale.',
    `The API is described at ${address}/docs.`,
    ...(accounts
      ? [
          '',
          ACCOUNTS,
          '',
          describeAccounts(accounts),
          '',
          ...whereToSignIn({ publicOrigin: address, staffOrigin }),
        ]
      : []),
  ].join('\n');
}

function whereToSignIn({ publicOrigin, staffOrigin }: DemoAddresses): string[] {
  return [
    `People of companies sign in at ${publicOrigin}/company,`,
    `people of the carrier at ${staffOrigin}/staff.`,
  ];
}
