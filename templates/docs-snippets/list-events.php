<?php
$context = stream_context_create(['http' => [
    'ignore_errors' => true,
    'header' => ['Authorization: Bearer ' . getenv('TABANE_KEY')],
]]);
$query = ['limit' => 100];
do {
    $address = 'https://pay.example/v1/events?' . http_build_query($query);
    $page = json_decode(file_get_contents($address, false, $context), true);
    if (!isset($page['items'])) {
        throw new RuntimeException($page['code'] . ': ' . ($page['detail'] ?? ''));
    }
    foreach ($page['items'] as $event) {
        echo $event['sequence'], ' ', $event['type'], ' ', $event['data']['object']['id'], PHP_EOL;
    }
    $query['after'] = $page['next'];
} while ($page['next'] !== null);
