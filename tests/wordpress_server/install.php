<?php
// Installs WordPress in the folder that is named, with a user of each role, and prints lines for a
// shell: the name of each user, an application password, and the one for signing in (_SECRET).
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Portal Contoh', 'kepala', 'kepala@example.org', false, '', wp_generate_password(24));
global $wp_rewrite;
$wp_rewrite->set_permalink_structure('/%year%/%postname%/');
switch_theme('twentytwentythree');
wp_insert_term('Siniar', 'category', ['slug' => 'siniar']);

$names = ['administrator' => 'kepala', 'editor' => 'penyunting', 'author' => 'penulis',
    'contributor' => 'kontributor', 'subscriber' => 'pembaca'];
foreach ($names as $role => $name) {
    $secret = wp_generate_password(24, false);
    $id = username_exists($name) ?: wp_insert_user(['user_login' => $name, 'role' => $role,
        'user_email' => "$name@example.org", 'user_pass' => $secret]);
    wp_set_password($secret, $id);
    [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'etam']);
    $key = strtoupper($role);
    echo "export ETAM_WORDPRESS_{$key}=$name ETAM_WORDPRESS_{$key}_PASSWORD='",
        WP_Application_Passwords::chunk_password($password), "' ETAM_WORDPRESS_{$key}_SECRET='$secret'\n";
}
