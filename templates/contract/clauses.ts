import { labelIn } from '../pdf/document-format.ts';
import type { Flow } from '../pdf/flow.ts';
import { drawLines } from '../pdf/label.ts';
import { frame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from '../pdf/section-title.ts';
import type { ContractContent } from './contract.types.ts';
import { labels } from './wording.ts';

const LEADING = 13;
const INDENT = 6;
const GAP = 5;

/** The numbered clauses, each kept on one page with its title. */
export function drawClauses(flow: Flow, { language, clauses }: ContractContent): void {
  const { canvas } = flow;
  const width = frame.width - 2 * INDENT;
  const laidOut = clauses.map(({ title, text }, index) => ({
    title: language === 'ja' ? `第${index + 1}条（${title}）` : `${index + 1}. ${title}`,
    lines: canvas.wrap(text, width, textStyles.body),
  }));
  flow.ensure(SECTION_TITLE_HEIGHT + LEADING * (1 + (laidOut[0]?.lines.length ?? 0)));
  const place = { x: frame.left, y: flow.y, width: frame.width };
  drawSectionTitle(canvas, place, labelIn(labels.clauses, language), true);
  flow.advance(SECTION_TITLE_HEIGHT);
  for (const { title, lines } of laidOut) {
    flow.ensure(LEADING * (lines.length + 1) + GAP);
    canvas.tag('P', () => {
      const at = { x: frame.left + INDENT, baseline: flow.y + 10 };
      canvas.text(title, at, textStyles.strong);
      drawLines(canvas, lines, {
        ...at,
        baseline: at.baseline + LEADING,
        style: textStyles.body,
        leading: LEADING,
      });
    });
    flow.advance(LEADING * (lines.length + 1) + GAP);
  }
}
