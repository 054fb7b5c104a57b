import { readFile } from 'node:fs/promises';
import { addTariff } from '../../src/tariffs/add-tariff.ts';
import { getTariffOn, listTariffs } from '../../src/tariffs/tariff.queries.ts';
import { describeTariff } from '../../src/tariffs/tariff-wording.rules.ts';
import type { Tariff } from '../../src/tariffs/tariff.entity.ts';
import type { TariffDefinition } from '../../src/tariffs/tariff.rules.ts';
import { businessDateOf } from '../../src/shared/calendar.rules.ts';
import { UsageError } from '../usage-error.ts';
import type { Command } from './command.ts';

export const tariffCommands: readonly Command[] = [
  {
    noun: 'tariff',
    verb: 'list',
    summary: 'list the tariffs with what they ask',
    changes: false,
    options: {},
    example: '',
    run: async (deps) => ({ list: (await listTariffs(deps)).map(present) }),
  },
  {
    noun: 'tariff',
    verb: 'show',
    summary: 'show the version of a tariff that holds on a day',
    changes: false,
    options: {
      tariff: { describe: 'code of the tariff', value: 'CODE', required: true },
      date: { describe: 'the day; without it today', value: 'YYYY-MM-DD' },
    },
    example: '--tariff flets-2012 --date 2026-05-01',
    run: async (deps, given) => {
      const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
      const date = given.optional('date') === undefined ? today : given.date('date');
      const tariff = await getTariffOn(deps, given.text('tariff'), date);
      return { item: { ...present(tariff), definition: tariff.definition } };
    },
  },
  {
    noun: 'tariff',
    verb: 'add',
    summary: 'add a tariff, or the next version of one',
    changes: true,
    options: {
      code: { describe: 'its code: a-z, 0-9 and -, up to 32', value: 'CODE', required: true },
      'valid-from': { describe: 'first day of this version', value: 'YYYY-MM-DD', required: true },
      name: { describe: 'its name in Japanese', value: 'NAME', required: true },
      'name-en': { describe: 'its name in English', value: 'NAME', required: true },
      definition: { describe: 'JSON file with its components', value: 'FILE', required: true },
    },
    example:
      '--code flat-2027 --valid-from 2027-04-01 --name 定率制 --name-en Flat --definition flat-2027.json',
    run: async (deps, given, { actor }) => {
      const definition = await readDefinition(given.text('definition'));
      const [code, validFrom] = [given.text('code'), given.text('valid-from')];
      const names = { name: given.text('name'), nameEn: given.text('name-en') };
      await addTariff(deps, { code, validFrom, ...names, definition, actor });
      return { item: { ...present({ code, validFrom, ...names, definition }), definition } };
    },
  },
];

/** Whether it is a definition is for the use case to check. */
async function readDefinition(path: string): Promise<TariffDefinition> {
  const text = await readFile(path, 'utf8');
  try {
    return JSON.parse(text) as TariffDefinition;
  } catch (cause) {
    throw new UsageError(`${path} is not JSON`, { cause });
  }
}

function present(tariff: Pick<Tariff, 'code' | 'validFrom' | 'name' | 'nameEn' | 'definition'>): object {
  const { code, validFrom, name, nameEn, definition } = tariff;
  return { code, validFrom, name, nameEn, fee: describeTariff(definition, 'en') };
}
