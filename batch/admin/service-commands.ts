import { changeServiceState } from '../../src/companies/change-service-state.ts';
import { getCompany, listServices } from '../../src/companies/company.queries.ts';
import { createService } from '../../src/companies/create-service.ts';
import type { Service } from '../../src/companies/service.entity.ts';
import type { Command } from './command.ts';

const company = { describe: 'code of the company', value: 'CODE', required: true };
const service = { describe: 'code of the service', value: 'CODE', required: true };

export const serviceCommands: readonly Command[] = [
  {
    noun: 'service',
    verb: 'create',
    summary: 'create a service of a company',
    changes: true,
    options: {
      company,
      code: { describe: 'its code: a-z, 0-9 and -, up to 32', value: 'CODE', required: true },
      name: { describe: 'its name in Japanese, as buyers see it', value: 'NAME', required: true },
      'name-en': { describe: 'its name in English', value: 'NAME', required: true },
      'site-origin': { describe: 'where buyers are sent back to', value: 'https://HOST', required: true },
    },
    example:
      '--company shinonome --code video --name 動画見放題 --name-en Video --site-origin https://video.example',
    run: async (deps, given, { actor }) => ({
      item: present(
        await createService(deps, {
          companyCode: given.text('company'),
          code: given.text('code'),
          name: given.text('name'),
          nameEn: given.text('name-en'),
          siteOrigin: given.text('site-origin'),
          actor,
        }),
      ),
    }),
  },
  {
    noun: 'service',
    verb: 'list',
    summary: 'list the services of a company',
    changes: false,
    options: { company },
    example: '--company shinonome',
    run: async (deps, given) => {
      const { id } = await getCompany(deps, given.text('company'));
      return { list: (await listServices(deps, id)).map(present) };
    },
  },
  changeState('suspend', 'suspended', 'end the selling of one service at once'),
  changeState('activate', 'active', 'let a suspended service sell again'),
];

function changeState(verb: string, state: Service['state'], summary: string): Command {
  return {
    noun: 'service',
    verb,
    summary,
    changes: true,
    options: { company, service },
    example: '--company shinonome --service video',
    run: async (deps, given, { actor }) => {
      const [companyCode, code] = [given.text('company'), given.text('service')];
      return { item: present(await changeServiceState(deps, { companyCode, code, state, actor })) };
    },
  };
}

function present({ code, name, nameEn, siteOrigin, state }: Service): object {
  return { code, name, nameEn, siteOrigin, state };
}
