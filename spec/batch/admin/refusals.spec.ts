import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCompany } from '../../support/factories.ts';
import { createWorld, type World } from '../../support/world.ts';
import { typeCommand } from './type-command.ts';

let world: World;
before(async () => {
  world = await createWorld();
  await makeCompany(world.deps, { code: 'x' });
});
after(() => world.close());

const type = (...args: string[]) => typeCommand(world.deps, args);

const misunderstood: [args: string[], message: RegExp][] = [
  [['company', 'destroy'], /no command "company destroy".*company create, company list/],
  [['compny', 'list'], /Did you mean company list, service list/],
  [['frobnicate'], /no command "frobnicate"\. npm run admin -- --help lists them all/],
  [['company', 'show'], /--company is missing[^]*Example: npm run admin -- company show --company/],
  [
    ['company', 'create', '--code', 'x'],
    /--name is missing\n.*--name-en is missing\n.*--address is missing\n/,
  ],
  [['company', 'show', '--company'], /--company/],
  [['company', 'show', '--firm', 'x'], /there is no option --firm/],
  [['company', 'show', 'x'], /"x" belongs to no option/],
];

for (const [args, message] of misunderstood) {
  test(`does not understand "${args.join(' ')}" and says what to type`, async () => {
    const { code, out, error, opened } = await type(...args);
    assert.deepEqual([code, out, opened], [2, '', false]);
    assert.match(error, message);
  });
}

for (const [line, message] of [
  [
    'tariff show --tariff flets-2012 --date tomorrow',
    /--date must be a date that exists, YYYY-MM-DD, not tomorrow/,
  ],
  ['invoice-details export --period may --group end', /--period must be a month, YYYY-MM, not may/],
] as const) {
  test(`does not take "${line.split(' ').at(-1)}" in "${line}"`, async () => {
    const { code, error } = await type(...line.split(' '));
    assert.equal(code, 2);
    assert.match(error, message);
  });
}

const company = 'company create --name x --name-en x --address x';
const registered = `${company} --code x1 --registration-number T4011001098993`;
const contract = 'contract create --company x';
const holding = `${contract} --tariff flets-2012 --valid-from 2026-04-01`;
const account =
  'bank-account enter --company x --bank-name x --branch-name x --account-number 1234567 --account-holder x';

const refusedOptions: [line: string, options: string][] = [
  [`${company} --code X --registered-from then`, '--code --registered-from'],
  [`${company} --code x1 --registered-from 2023-10-01`, '--registration-number'],
  [
    `${registered} --registered-from 2023-10-01 --registered-to 2023-10-01`,
    '--registered-to --registered-from',
  ],
  ['service create --company x --code x1 --name x --name-en x --site-origin x.example', '--site-origin'],
  ...[
    'https://x.example/',
    'https://*.x.example',
    'https://user@x.example',
    'https://x.example?',
    'http://x.example',
  ].map((origin): [string, string] => [
    `service create --company x --code x1 --name x --name-en x --site-origin ${origin}`,
    '--site-origin',
  ]),
  [`${contract} --tariff ? --valid-from 2026-04-31`, '--tariff --valid-from'],
  [`${account} --bank-code 1 --branch-code 1`, '--bank-code --branch-code'],
  [`${holding} --payout-day 32 --payout-months 0`, '--payout-months --payout-day'],
  [`${holding} --valid-to 2026-04-01`, '--valid-to --valid-from'],
  [`${holding} --per-charge-max 0`, '--per-charge-max'],
  ['contract end --company x --valid-from 2026-04-01 --valid-to 2026-05-01', '--valid-to'],
  ['key issue --company x --label x --scopes charges:read,all', '--scopes'],
  [`subscriber issue --line CAF0000000001 --name ${'x'.repeat(61)}`, '--name'],
  [
    'company create --code x1 --name a\u0007b --name-en \u202ex --address 東京\n都',
    '--name --name-en --address',
  ],
];

for (const [line, options] of refusedOptions) {
  const args = line.split(' ');
  test(`refuses what was typed for ${options} of "${args.slice(0, 2).join(' ')}" by that name`, async () => {
    const { code, error } = await type(...args);
    assert.equal(code, 1);
    assert.equal((error.match(/--[a-z-]+/g) ?? []).join(' '), options, error);
    assert.doesNotMatch(error, /[a-z][A-Z]/);
  });
}
