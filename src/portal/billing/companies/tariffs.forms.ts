import { proposeChange } from '../../../access/approvals/propose-change.ts';
import { streamCsv } from '../../../shared/csv-stream.ts';
import type { Cell } from '../../../shared/csv.ts';
import { Problem } from '../../../shared/problem.ts';
import { addTariff } from '../../../tariffs/add-tariff.ts';
import { tariffApproval } from '../../../tariffs/tariff-approval.ts';
import { listTariffUses } from '../../../tariffs/tariff-use.queries.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { defineForm } from '../../kit/define-form.ts';
import { optional, textField } from '../../kit/form-fields.ts';
import { translator } from '../../messages/translate.ts';
import { tariffHref, valueWord } from './company-words.rules.ts';
import { labelKey } from './form-words.rules.ts';
import { loadSimulation, simulationQuery } from './load-simulation.ts';
import { tariffFields, tariffOfFields } from './tariff-draft.rules.ts';
import { tariffDraftPage } from './tariffs.pages.ts';

/** Proposes a version of a tariff that contracts name; adds one that no contract names. */
export const tariffForm = defineForm({
  name: 'billing.tariff-form',
  path: '/billing/tariffs/draft',
  permission: 'tariffs:propose',
  stepUp: true,
  fields: { ...tariffFields, reason: optional(textField({ label: labelKey('reason'), maxLength: 300 })) },
  submit: async (deps, { actor, input: { reason, ...typed } }) => {
    const tariff = tariffOfFields(typed);
    const isNamed = (await listTariffUses(deps, actor, { code: tariff.code })).length > 0;
    if (isNamed) {
      if (reason === undefined) throw new Problem('illegal-state', { facts: { reason: 'tariff-reason' } });
      await proposeChange(deps, actor, tariffApproval, { input: tariff, reason });
    } else await addTariff(deps, actor, tariff);
    return { code: tariff.code, isNamed };
  },
  done: ({ code, isNamed }) => ({
    to: tariffHref(code),
    flash: isNamed ? 'billing.companies.proposed' : 'billing.companies.tariff.added',
  }),
  page: tariffDraftPage,
});

/** All months of a simulation. */
export const simulationCsv = defineDownload({
  name: 'billing.tariff-simulation-csv',
  path: '/billing/tariffs/simulate/csv',
  permission: 'settlements:read',
  query: simulationQuery,
  load: async (deps, { actor, query, visit: { language } }) => {
    const { simulation, query: asked } = await loadSimulation(deps, { actor, query });
    if (!simulation) throw new Problem('not-found');
    const t = translator(language);
    const names = [
      'month',
      'billed',
      'lines',
      'items',
      'branch-billed',
      'fee-billed',
      'branch',
      'fee',
    ] as const;
    return {
      filename: `tariff-simulation-${asked.from}-${asked.through}.csv`,
      type: 'text/csv; charset=utf-8',
      body: streamCsv({
        head: [
          t('billing.companies.field.code'),
          t('billing.companies.company'),
          ...names.map((name) => t(`billing.companies.tariff.${name}`)),
          t('billing.companies.tariff.difference'),
        ],
        // The months are in memory: a few thousand at most.
        rows: (async function* (): AsyncGenerator<readonly Cell[]> {
          for (const one of simulation.months) {
            const name = language === 'ja' ? one.company : one.companyEn;
            const sold = [one.period, one.totalMinor, one.lineCount, one.itemCount];
            const billed = [valueWord(one.billedBranch, t), one.billedFeeMinor];
            const simulated = [valueWord(one.branch, t), one.feeMinor, one.feeMinor - one.billedFeeMinor];
            yield [one.companyCode, name, ...sold, ...billed, ...simulated];
          }
        })(),
        last: (count) => [t('billing.companies.tariff.csv-last', { count })],
      }),
    };
  },
});
