import { changeServiceState } from '../../src/companies/change-service-state.ts';
import { getService, listServices } from '../../src/companies/company.queries.ts';
import { createService } from '../../src/companies/create-service.ts';
import { editService } from '../../src/companies/edit-service.ts';
import { isComplete, termsOf } from '../../src/companies/seller-terms.rules.ts';
import { originsOf } from '../../src/companies/site-origins.rules.ts';
import type { Service } from '../../src/companies/service.entity.ts';
import { defineCommand, type Command, type ItemResult } from '../cli/command.ts';
import { optional, required, text } from '../cli/options.ts';
import { termsExample, termsOptions } from './service-terms-options.ts';

const company = required(text('CODE'), 'code of the company', { field: 'companyCode' });
const service = required(text('CODE'), 'code of the service', { field: 'code' });

export const serviceCommands: readonly Command[] = [
  defineCommand({
    name: 'service create',
    summary: 'create a service of a company; it sells once it has all texts of its purchase page',
    changes: true,
    options: {
      company,
      code: required(text('CODE'), 'its code: a-z, 0-9 and -, up to 32'),
      name: required(text('NAME'), 'its name in Japanese, as buyers see it'),
      'name-en': required(text('NAME'), 'its name in English'),
      'site-origin': required(text('https://HOST'), 'where buyers are sent back to'),
      ...termsOptions,
    },
    example:
      '--company shinonome --code video --name 動画見放題 --name-en Video --site-origin https://video.example',
    run: async (deps, { company: companyCode, ...options }, { actor }) =>
      present(await createService(deps, actor, { companyCode, ...options })),
  }),
  defineCommand({
    name: 'service edit',
    summary: 'change names, sites and texts of a service, at once or from a later day on',
    changes: true,
    options: {
      company,
      service,
      name: optional(text('NAME'), 'its name in Japanese, as buyers see it'),
      'name-en': optional(text('NAME'), 'its name in English'),
      'site-origins': optional(
        text('https://HOST,…'),
        'all sites buyers are sent back to, with commas between; the first is listed',
      ),
      'valid-from': optional(text('YYYY-MM-DD'), 'first day on which it holds; today by default'),
      ...termsOptions,
    },
    example: `--company shinonome --service video ${termsExample}`,
    run: async (deps, { company: companyCode, service: code, siteOrigins, ...terms }, { actor }) => {
      const sites = siteOrigins?.split(',').map((origin) => origin.trim());
      const edit = { companyCode, code, siteOrigins: sites, ...terms };
      const { service: edited, change } = await editService(deps, actor, edit);
      const { item, notes = [] } = present(edited);
      if (change === undefined) return { item, notes };
      return {
        item: { ...item, change },
        notes: [`It waits for ${terms.validFrom} as change ${change}.`, ...notes],
      };
    },
  }),
  defineCommand({
    name: 'service list',
    summary: 'list the services of a company, and whether they have all texts of a purchase page',
    changes: false,
    options: { company },
    example: '--company shinonome',
    run: async (deps, options, { actor }) => ({
      list: (await listServices(deps, actor, options.company)).map(summarise),
      none: `${options.company} has no service yet: create one with "service create".`,
    }),
  }),
  defineCommand({
    name: 'service show',
    summary: 'show a service with what it says of itself',
    changes: false,
    options: { company, service },
    example: '--company shinonome --service video',
    run: async (deps, { company: companyCode, service: code }, { actor }) =>
      present(await getService(deps, actor, { companyCode, code })),
  }),
  changeState('suspend', 'suspended', 'stop the sales of one service at once'),
  changeState('activate', 'active', 'let a suspended service sell again'),
];

function changeState(verb: string, state: Service['state'], summary: string): Command {
  return defineCommand({
    name: `service ${verb}`,
    summary,
    changes: true,
    options: { company, service },
    example: '--company shinonome --service video',
    run: async (deps, { company: companyCode, service: code }, { actor }) => ({
      item: summarise(await changeServiceState(deps, actor, { companyCode, code, state })),
    }),
  });
}

function summarise(found: Service): object {
  const { code, name, nameEn, state } = found;
  return { code, name, nameEn, siteOrigins: originsOf(found).join(', '), state, complete: isComplete(found) };
}

function present(found: Service): ItemResult {
  const item = { ...summarise(found), ...termsOf(found) };
  return isComplete(found) ? { item } : { item, notes: [INCOMPLETE] };
}

const INCOMPLETE =
  'Nothing new is sold under it until "service edit" has given it all texts of the purchase page in Japanese and English.';
