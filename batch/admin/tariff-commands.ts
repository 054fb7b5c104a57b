import { readFile } from 'node:fs/promises';
import { addTariff } from '../../src/tariffs/add-tariff.ts';
import { tariffApproval } from '../../src/tariffs/tariff-approval.ts';
import { getTariffOn, listTariffs } from '../../src/tariffs/tariff.queries.ts';
import { describeTariff } from '../../src/tariffs/tariff-wording.rules.ts';
import type { Tariff } from '../../src/tariffs/tariff.entity.ts';
import type { TariffDefinition } from '../../src/tariffs/tariff.rules.ts';
import { businessDateOf } from '../../src/shared/calendar.rules.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { date, optional, required, text } from '../cli/options.ts';
import { UsageError } from '../cli/usage-error.ts';
import { propose, reason } from './propose.ts';

const version = {
  code: required(text('CODE'), 'its code: a-z, 0-9 and -, up to 32'),
  'valid-from': required(text('YYYY-MM-DD'), 'first day of this version'),
  name: required(text('NAME'), 'its name in Japanese'),
  'name-en': required(text('NAME'), 'its name in English'),
  definition: required(text('FILE'), 'JSON file with its components'),
};
const example =
  '--code flat-2027 --valid-from 2027-04-01 --name 定率制 --name-en Flat --definition flat-2027.json';

export const tariffCommands: readonly Command[] = [
  defineCommand({
    name: 'tariff list',
    summary: 'list the tariffs with their rates',
    changes: false,
    options: {},
    example: '',
    run: async (deps, _options, { actor }) => {
      const tariffs = await listTariffs(deps, actor);
      return {
        list: tariffs.map(present),
        shown: tariffs.map(show),
        none: 'No tariff yet: add one with "tariff add".',
      };
    },
  }),
  defineCommand({
    name: 'tariff show',
    summary: 'show the version of a tariff that is in force on a day',
    changes: false,
    options: {
      tariff: required(text('CODE'), 'code of the tariff'),
      date: optional(date, 'the day; without it, today'),
    },
    example: '--tariff flets-2012 --date 2026-05-01',
    run: async (deps, options, { actor }) => {
      const day = options.date ?? businessDateOf(deps.clock.now(), deps.config.timeZone);
      const tariff = await getTariffOn(deps, actor, { code: options.tariff, date: day });
      return { item: present(tariff), shown: show(tariff) };
    },
  }),
  defineCommand({
    name: 'tariff propose',
    summary: 'propose the next version of a tariff that contracts name; another person approves it',
    changes: true,
    options: { ...version, reason },
    example: `${example} --reason "agreed on 1 March"`,
    run: async (deps, { reason: why, ...options }, { actor }) => {
      const input = { ...options, definition: await readDefinition(options.definition) };
      return propose(deps, actor, tariffApproval, { input, reason: why });
    },
  }),
  defineCommand({
    name: 'tariff add',
    summary: 'add a tariff; in production the next version of one that contracts name is proposed',
    changes: true,
    options: version,
    example,
    run: async (deps, options, { actor }) => {
      const tariff = { ...options, definition: await readDefinition(options.definition) };
      await addTariff(deps, actor, tariff);
      return { item: present(tariff), shown: show(tariff) };
    },
  }),
];

/** Whether it is a definition is for the use case to check. */
async function readDefinition(path: string): Promise<TariffDefinition> {
  const content = await readFile(path, 'utf8');
  try {
    return JSON.parse(content) as TariffDefinition;
  } catch (cause) {
    throw new UsageError(`${path} is not JSON`, { cause });
  }
}

type TariffVersion = Pick<Tariff, 'code' | 'validFrom' | 'name' | 'nameEn' | 'definition'>;

function present({ code, validFrom, name, nameEn, definition }: TariffVersion): object {
  return { code, validFrom, name, nameEn, definition };
}

/** The definition in words. */
function show({ code, validFrom, name, nameEn, definition }: TariffVersion): object {
  return { code, validFrom, name, nameEn, fee: describeTariff(definition, 'en') };
}
