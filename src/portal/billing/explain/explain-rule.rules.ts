import type { FigureNode } from '../../../explanations/figure-node.types.ts';
import type { FactView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { nameJob } from '../run-words.rules.ts';
import { nameOf } from './figure-text.rules.ts';

/** The rule of a figure: its source, version, what it says in this case, and the run that applied it. */
export function ruleFacts({ rule, run }: FigureNode, frame: ViewFrame): readonly FactView[] {
  const { t, format, language } = frame;
  const { tariff, version, contractFrom, amountMinor, sentence } = rule;
  return [
    ...(sentence === undefined
      ? []
      : [{ label: t('billing.explain.in-this-case'), text: sentence[language] }]),
    ...(tariff === undefined
      ? []
      : [
          {
            label: t('billing.explain.tariff'),
            text: nameOf(tariff, frame),
            note: t('billing.explain.tariff-note', {
              code: tariff.code,
              date: format.date(tariff.validFrom),
            }),
          },
          { label: t('billing.explain.tariff-terms'), text: tariff.terms[language] },
        ]),
    ...(contractFrom === undefined
      ? []
      : [
          {
            label: t('billing.explain.contract'),
            text: t('billing.explain.contract-from', { date: format.date(contractFrom) }),
            ...(amountMinor !== undefined &&
              amountMinor > 0n && {
                note: t(
                  rule.name === 'set-up'
                    ? 'billing.explain.contract-set-up'
                    : 'billing.explain.contract-minimum',
                  { amount: format.money(amountMinor) },
                ),
              }),
          },
        ]),
    ...(version === undefined
      ? []
      : [{ label: t('billing.explain.version'), text: t('billing.explain.version-number', { version }) }]),
    ...(run === undefined
      ? []
      : [
          {
            label: t('billing.explain.run'),
            text: nameJob(run.job, { t }),
            note: t('billing.explain.run-of', { date: format.date(run.businessDate) }),
          },
        ]),
  ];
}
