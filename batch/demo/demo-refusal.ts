/** An expected reason not to start, printed as one line. */
export class DemoRefusal extends Error {
  override readonly name = 'DemoRefusal';
}
