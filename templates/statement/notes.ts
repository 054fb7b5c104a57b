import type { Flow } from '../pdf/flow.ts';
import { frame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import type { Statement } from './statement.types.ts';
import { listNotes } from './wording.ts';

const LEADING = 9.6;
const INDENT = 10;

/** The closing notes, each kept whole on one page. */
export function drawNotes(flow: Flow, statement: Statement): void {
  const { canvas } = flow;
  const style = textStyles.note;
  for (const note of listNotes(statement)) {
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
