import type { Flow } from './flow.ts';
import { frame } from './page-frame.ts';
import { textStyles } from './palette.ts';

const LEADING = 9.6;
const INDENT = 10;

/** Notes in small type, each kept whole on one page. */
export function drawNotes(flow: Flow, notes: readonly string[]): void {
  const { canvas } = flow;
  const style = textStyles.note;
  for (const note of notes) {
    const lines = canvas.wrap(note, frame.width - INDENT, style);
    flow.ensure(lines.length * LEADING);
    canvas.tag('P', () => {
      canvas.text('・', { x: frame.left, baseline: flow.y + 8 }, style);
      for (const line of lines) {
        canvas.text(line, { x: frame.left + INDENT, baseline: flow.y + 8 }, style);
        flow.advance(LEADING);
      }
    });
    flow.advance(1);
  }
}
