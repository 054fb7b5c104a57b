import { labelIn } from '../pdf/document-format.ts';
import type { Flow } from '../pdf/flow.ts';
import { drawLabel, drawParagraph } from '../pdf/label.ts';
import { frame } from '../pdf/page-frame.ts';
import { palette, textStyles } from '../pdf/palette.ts';
import { drawSectionTitle, SECTION_TITLE_HEIGHT } from '../pdf/section-title.ts';
import type { ContractContent } from './contract.types.ts';
import { labels } from './wording.ts';

const GUTTER = 24;
const WIDTH = (frame.width - GUTTER) / 2;
const HEIGHT = 104;
const LINE_X = 76;

/** Where both parties sign, side by side. */
export function drawSignatures(flow: Flow, { language, carrier, company }: ContractContent): void {
  const { canvas } = flow;
  flow.ensure(SECTION_TITLE_HEIGHT + HEIGHT);
  const place = { x: frame.left, y: flow.y, width: frame.width };
  drawSectionTitle(canvas, place, labelIn(labels.signatures, language), true);
  flow.advance(SECTION_TITLE_HEIGHT);
  const parties = [
    { label: labels.carrier, ...carrier },
    { label: labels.company, ...company },
  ];
  for (const [index, { label, name, address }] of parties.entries()) {
    const x = frame.left + index * (WIDTH + GUTTER);
    canvas.tag('P', () => {
      drawLabel(canvas, { x, baseline: flow.y + 10 }, labelIn(label, language), textStyles.quietLabel);
      const below = { x, width: WIDTH, style: textStyles.party, leading: 13 };
      const next = drawParagraph(canvas, name, { ...below, baseline: flow.y + 25 });
      drawParagraph(canvas, address, { ...below, style: textStyles.small, leading: 11, baseline: next });
    });
    for (const [line, name] of [labels.signedOn, labels.signature].entries()) {
      const y = flow.y + 74 + line * 24;
      canvas.tag('P', () =>
        drawLabel(canvas, { x, baseline: y - 3 }, labelIn(name, language), textStyles.quietLabel),
      );
      const look = { color: palette.muted, thickness: 0.5 };
      canvas.artifact('Layout', () => canvas.rule({ x: x + LINE_X, y }, WIDTH - LINE_X, look));
    }
  }
  flow.advance(HEIGHT);
}
