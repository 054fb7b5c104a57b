import { changeServiceState } from '../../src/companies/change-service-state.ts';
import { listServices } from '../../src/companies/company.queries.ts';
import { createService } from '../../src/companies/create-service.ts';
import type { Service } from '../../src/companies/service.entity.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { required, text } from '../cli/options.ts';

const company = required(text('CODE'), 'code of the company', { field: 'companyCode' });
const service = required(text('CODE'), 'code of the service');

export const serviceCommands: readonly Command[] = [
  defineCommand({
    name: 'service create',
    summary: 'create a service of a company',
    changes: true,
    options: {
      company,
      code: required(text('CODE'), 'its code: a-z, 0-9 and -, up to 32'),
      name: required(text('NAME'), 'its name in Japanese, as buyers see it'),
      'name-en': required(text('NAME'), 'its name in English'),
      'site-origin': required(text('https://HOST'), 'where buyers are sent back to'),
    },
    example:
      '--company shinonome --code video --name 動画見放題 --name-en Video --site-origin https://video.example',
    run: async (deps, { company: companyCode, ...options }, { actor }) => ({
      item: present(await createService(deps, actor, { companyCode, ...options })),
    }),
  }),
  defineCommand({
    name: 'service list',
    summary: 'list the services of a company',
    changes: false,
    options: { company },
    example: '--company shinonome',
    run: async (deps, options, { actor }) => {
      return {
        list: (await listServices(deps, actor, options.company)).map(present),
        none: `${options.company} has no service yet: create one with "service create".`,
      };
    },
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
      item: present(await changeServiceState(deps, actor, { companyCode, code, state })),
    }),
  });
}

function present({ code, name, nameEn, siteOrigin, state }: Service): object {
  return { code, name, nameEn, siteOrigin, state };
}
