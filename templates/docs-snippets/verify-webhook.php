<?php
/** $body: the bytes as they came, file_get_contents('php://input'). Throws for a message that is not ours. */
function verify(string $secret, array $headers, string $body): array
{
    if (abs(time() - (int) $headers['webhook-timestamp']) > 300) {
        throw new RuntimeException('the message is too old');
    }
    $key = base64_decode(substr($secret, strlen('whsec_')));
    $content = "{$headers['webhook-id']}.{$headers['webhook-timestamp']}.$body";
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', $content, $key, true));
    foreach (explode(' ', $headers['webhook-signature']) as $given) {
        if (hash_equals($expected, $given)) {
            return json_decode($body, true);
        }
    }
    throw new RuntimeException('no signature fits');
}
