<?php
// Prints what WordPress itself makes of a post: its blocks, and what readers get.
//   php blocks.php SITE POST
define('WP_USE_THEMES', false);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
require $argv[1] . '/wp-load.php';
$post = get_post((int) $argv[2]);
function names(array $blocks): array {
    $found = [];
    foreach ($blocks as $block) {
        // Text between blocks has no name; the editor would show it as a classic block.
        if ($block['blockName'] === null && trim($block['innerHTML']) === '') continue;
        $found[] = ['name' => $block['blockName'], 'attributes' => $block['attrs'],
            'inside' => names($block['innerBlocks'])];
    }
    return $found;
}
echo json_encode([
    'blocks' => names(parse_blocks($post->post_content)),
    'same_when_saved' => serialize_blocks(parse_blocks($post->post_content)) === $post->post_content,
    'rendered' => apply_filters('the_content', $post->post_content),
    'thumbnail' => get_the_post_thumbnail($post),
], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
