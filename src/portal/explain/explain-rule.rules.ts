import type { FigureNode } from '../../explanations/figure-node.types.ts';
import type { FactView } from '../kit/component.types.ts';
import type { ViewFrame } from '../kit/define-page.ts';
import { nameJob } from '../kit/job-name.rules.ts';
import { nameOf } from './figure-text.rules.ts';

/** The rule of a figure: its source, version, what it says in this case, and the run that applied it. */
export function ruleFacts({ rule, run }: FigureNode, frame: ViewFrame): readonly FactView[] {
  const { t, format, language } = frame;
  const { tariff, version, contractFrom, amountMinor, sentence } = rule;
  return [
    ...(sentence === undefined ? [] : [{ label: t('explain.in-this-case'), text: sentence[language] }]),
    ...(tariff === undefined
      ? []
      : [
          {
            label: t('explain.tariff'),
            text: nameOf(tariff, frame),
            note: t('explain.tariff-note', {
              code: tariff.code,
              date: format.date(tariff.validFrom),
            }),
          },
          { label: t('explain.tariff-terms'), text: tariff.terms[language] },
        ]),
    ...(contractFrom === undefined
      ? []
      : [
          {
            label: t('explain.contract'),
            text: t('explain.contract-from', { date: format.date(contractFrom) }),
            ...(amountMinor !== undefined &&
              amountMinor > 0n && {
                note: t(rule.name === 'set-up' ? 'explain.contract-set-up' : 'explain.contract-minimum', {
                  amount: format.money(amountMinor),
                }),
              }),
          },
        ]),
    ...(version === undefined
      ? []
      : [{ label: t('explain.version'), text: t('explain.version-number', { version }) }]),
    ...(run === undefined
      ? []
      : [
          {
            label: t('explain.run'),
            text: nameJob(run.job, { t }),
            note: t('explain.run-of', { date: format.date(run.businessDate) }),
          },
        ]),
  ];
}
