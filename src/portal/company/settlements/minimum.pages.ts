import { feeOfAverage } from '../../../settlements/average-fee.rules.ts';
import { findOwnTariff, listOwnServiceMonths } from '../../../settlements/own-settlements.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import { countField, moneyField } from '../../kit/form-fields.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { minimumView } from './minimum.view.rules.ts';

const MONTHS = 12;
const MAX_MINOR = 1_000_000n;
const MAX_LINES = 10_000_000;

const average = moneyField('company.minimum.average', { max: MAX_MINOR });
const lines = countField('company.minimum.lines', { min: 1, max: MAX_LINES });

/** Where the minimum per line sets the fee, and what another average price would cost. */
export const minimumPage = definePage({
  name: 'company.minimum-fee',
  path: '/company/minimum-fee',
  permission: 'settlement-figures:read',
  under: '/company/settlements',
  query: {
    type: 'object',
    properties: {
      average: { type: 'string', maxLength: 20 },
      lines: { type: 'string', maxLength: 20 },
    },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query }) => {
    const months = await listOwnServiceMonths(deps, actor, MONTHS);
    const tariff = await findOwnTariff(deps, actor);
    const typed = {
      average: query.average ?? '',
      lines: query.lines ?? String(months[0]?.settlement.lineCount || 100),
    };
    const [price, count] = [average.read(typed.average), lines.read(typed.lines)];
    const isAsked = query.average !== undefined;
    const foreseen =
      isAsked && tariff && 'value' in price && 'value' in count && price.value > 0n
        ? {
            averageMinor: price.value,
            lineCount: count.value,
            ...feeOfAverage(tariff.definition, { averageMinor: price.value, lineCount: count.value }),
          }
        : undefined;
    return {
      months,
      tariff,
      typed,
      foreseen,
      isUnread: isAsked && tariff !== undefined && foreseen === undefined,
    };
  },
  view: minimumView,
  template: template<SectionsView>('kit/sections'),
});
