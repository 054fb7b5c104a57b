import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** `fetch` over plain HTTP for a machine with several addresses: the server sees the request come from `localAddress`. */
export function fetchFrom(localAddress: string) {
  return (url: string, init: RequestInit = {}): Promise<Response> => {
    const { method, headers, body } = new Request(url, init);
    return new Promise((resolve, reject) => {
      const options = { method, headers: Object.fromEntries(headers), localAddress, family: 4 };
      const sent = request(url, options, (reply) => {
        const received = new Headers();
        for (const [name, values] of Object.entries(reply.headersDistinct)) {
          for (const value of values ?? []) received.append(name, value);
        }
        const { statusCode: status = 0 } = reply;
        text(reply).then((content) => resolve(new Response(content, { status, headers: received })), reject);
      });
      sent.on('error', reject);
      if (body === null) sent.end();
      else void text(body).then((content) => sent.end(content));
    });
  };
}
