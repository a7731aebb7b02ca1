#include "tools/tidy/tidy.h"

#include "base/test/check.h"

/* What tidy says of one file, in a tree where engines/LIST is "audit accounts people stays". */
static struct str complaints(struct arena *a, const char *path, struct str text)
{
    struct tidy t;
    tidy_init(&t, a);
    tidy_read_list(&t, STR("audit\naccounts\npeople\n\nstays\n"));
    tidy_read_module(&t, STR("engines/stays/module.c"), STR("x = { .needs = NEEDS(\"audit\", \"people\"), };"));
    tidy_read_module(&t, STR("engines/people/module.c"), STR("x = { .needs = NEEDS(\"audit\",\n   \"stays\"), };"));
    tidy_read_module(&t, STR("models/m09_hotel_stays/module.c"), STR("x = { .needs = NEEDS(\"stays\"), };"));
    tidy_file(&t, str_of(path), text);
    return buf_str(&t.out);
}

#define SAYS(path, text, expected) assert_text(complaints(*state, (path), STR(text)), (expected))
#define ACCEPTS(path, text)        SAYS(path, text, "")

static void test_include__downward_is_fine(void **state)
{
    ACCEPTS("platform/db/db.c", "#include \"base/str.h\"\n#include \"platform/log/log.h\"\n#include <sqlite3.h>\n");
    ACCEPTS("app/main.c", "#include \"models/m09_hotel_stays/x.h\"\n#include \"ui/ui_files.h\"\n");
    ACCEPTS("tools/sqlc/main.c", "#include \"tools/sqlc/sqlc.h\"\n#include \"base/str.h\"\n");
    ACCEPTS("tests/contract.c", "#include \"app/app.h\"\n");
    ACCEPTS("base/a.c", "#include \"a_local.h\"\n");
}

static void test_include__upward_is_named_with_its_line(void **state)
{
    SAYS("base/str.c", "\n  # include \"platform/db/db.h\"\n",
         "base/str.c:2: goes up: base must not know platform/db/db.h\n");
    SAYS("platform/http/x.h", "#include \"engines/audit/audit.h\"\n",
         "platform/http/x.h:1: goes up: platform must not know engines/audit/audit.h\n");
    SAYS("engines/stays/x.c", "#include \"models/m09_hotel_stays/x.h\"\n",
         "engines/stays/x.c:1: goes up: engines must not know models/m09_hotel_stays/x.h\n");
    SAYS("models/m09_hotel_stays/x.c", "#include \"app/app.h\"\n",
         "models/m09_hotel_stays/x.c:1: goes up: models must not know app/app.h\n");
}

static void test_include__an_engine_knows_only_engines_it_declares(void **state)
{
    ACCEPTS("engines/stays/a.c", "#include \"engines/people/people.h\"\n#include \"engines/stays/stays.h\"\n");
    SAYS(
        "engines/stays/a.c", "#include \"engines/accounts/accounts.h\"\n",
        "engines/stays/a.c:1: includes engines/accounts/accounts.h, but module.c does not say that it needs \"accounts\"\n");
    SAYS("models/m09_hotel_stays/a.c", "#include \"engines/people/people.h\"\n",
         "models/m09_hotel_stays/a.c:1: includes engines/people/people.h, but module.c does not say that it needs "
         "\"people\"\n");
    ACCEPTS("models/m09_hotel_stays/a.c", "#include \"engines/stays/stays.h\"\n");
}

static void test_include__a_later_engine_is_up_even_when_declared(void **state)
{
    SAYS("engines/people/a.c", "#include \"engines/stays/stays.h\"\n",
         "engines/people/a.c:1: goes up: stays comes after this engine in engines/LIST\n");
    SAYS("engines/stays/a.h", "#include \"engines/desk/desk.h\"\n",
         "engines/stays/a.h:1: includes engines/desk/desk.h, but module.c does not say that it needs \"desk\"\n"
         "engines/stays/a.h:1: includes engines/desk/desk.h, but engines/LIST has no desk\n");
}

static void test_include__an_engine_without_module_c_may_use_earlier_ones(void **state)
{
    ACCEPTS("engines/accounts/a.c", "#include \"engines/audit/audit.h\"\n");
    SAYS("engines/accounts/a.c", "#include \"engines/people/people.h\"\n",
         "engines/accounts/a.c:1: goes up: people comes after this engine in engines/LIST\n");
}

static void test_include__a_test_of_an_engine_may_use_any_engine_but_no_model(void **state)
{
    ACCEPTS("engines/people/test/a.c", "#include \"engines/stays/stays.h\"\n");
    SAYS("engines/people/test/a.c", "#include \"models/m09_hotel_stays/x.h\"\n",
         "engines/people/test/a.c:1: goes up: engines must not know models/m09_hotel_stays/x.h\n");
}

static void test_include__models_never_know_each_other(void **state)
{
    SAYS("models/m09_hotel_stays/a.c", "#include \"models/m10_guest_houses/b.h\"\n",
         "models/m09_hotel_stays/a.c:1: goes sideways: models never know each other (models/m10_guest_houses/b.h)\n");
    ACCEPTS("models/m09_hotel_stays/a.c", "#include \"models/m09_hotel_stays/queries.h\"\n");
}

static void test_include__tools_and_ui_stand_aside(void **state)
{
    SAYS("tools/embed/a.c", "#include \"platform/db/db.h\"\n",
         "tools/embed/a.c:1: tools know base only, and nobody knows tools: platform/db/db.h\n");
    SAYS("tools/embed/a.c", "#include \"tools/sqlc/sqlc.h\"\n",
         "tools/embed/a.c:1: tools know base only, and nobody knows tools: tools/sqlc/sqlc.h\n");
    SAYS("base/a.c", "#include \"tools/embed/embed.h\"\n",
         "base/a.c:1: tools know base only, and nobody knows tools: tools/embed/embed.h\n");
    SAYS("platform/http/a.c", "#include \"ui/ui_files.h\"\n",
         "platform/http/a.c:1: ui knows nobody, and only app knows ui: ui/ui_files.h\n");
}

static void test_include__sqlc_knows_the_header_it_writes_for(void **state)
{
    ACCEPTS("tools/sqlc/sqlc.h", "#include \"platform/db/db.h\"\n");
    SAYS("tools/sqlc/sqlc.h", "#include \"platform/http/http.h\"\n",
         "tools/sqlc/sqlc.h:1: tools know base only, and nobody knows tools: platform/http/http.h\n");
}

static void test_include__i18nc_knows_the_reader_of_templates(void **state)
{
    ACCEPTS("tools/i18nc/collect.c", "#include \"tools/tmplc/lex.h\"\n");
    SAYS("tools/tmplc/lex.c", "#include \"tools/i18nc/i18nc.h\"\n",
         "tools/tmplc/lex.c:1: tools know base only, and nobody knows tools: tools/i18nc/i18nc.h\n");
}

static void test_include__generated_headers_belong_to_their_module(void **state)
{
    ACCEPTS("engines/stays/a.h", "#include \"gen/stays_queries.h\"\n#include \"gen/stays_pages.h\"\n");
    ACCEPTS("models/m09_hotel_stays/a.c", "#include \"gen/hotel_stays_queries.h\"\n");
    ACCEPTS("engines/people/test/a.c", "#include \"gen/stays_queries.h\"\n");
    SAYS("engines/stays/a.c", "#include \"gen/people_queries.h\"\n",
         "engines/stays/a.c:1: goes sideways: statements and templates of people are its own\n");
    SAYS("models/m09_hotel_stays/a.c", "#include \"gen/stays_pages.h\"\n",
         "models/m09_hotel_stays/a.c:1: goes sideways: statements and templates of stays are its own\n");
}

static void test_include__by_dots_or_of_a_c_file_is_refused(void **state)
{
    SAYS("base/a.c", "#include \"../platform/db/db.h\"\n",
         "base/a.c:1: names files from the top of the tree, not by ..: ../platform/db/db.h\n");
    SAYS("base/test/a.c", "#include \"base/str.c\"\n",
         "base/test/a.c:1: includes a .c file; what a test needs stands in a small internal header\n");
}

static void test_include__in_a_comment_or_a_literal_is_none(void **state)
{
    ACCEPTS("base/a.c", "/*\n#include \"app/app.h\"\n*/\n// #include \"app/app.h\"\nstatic const char c[] = \"#include "
                        "\\\"app/app.h\\\"\";\n");
}

static void test_banned__a_call_is_named_with_what_to_use_instead(void **state)
{
    SAYS("base/a.c", "void f(void)\n{\n    strcpy(a, b);\n    n = atoi (s);\n}\n",
         "base/a.c:3: strcpy is banned: use struct str\nbase/a.c:4: atoi is banned: use str_to_i64\n");
    SAYS("base/a.h", "#define F(x) sprintf(x, \"\")\n", "base/a.h:1: sprintf is banned: use str_fmt or snprintf\n");
}

static void test_banned__longer_names_members_comments_and_literals_are_fine(void **state)
{
    ACCEPTS(
        "base/a.c",
        "int my_strcpy(int);\nx = snprintf(b, 1, \"strcpy(a)\"); /* strcpy(a, b) */\nq->random(3); q.gets(1); strcpy_s(1);\n"
        "char c = '\"'; // strcat(a)\nchar d = '\\''; /* sprintf( */\n");
}

static void test_sql__in_a_literal_is_refused_even_in_pieces_and_over_lines(void **state)
{
    SAYS("engines/stays/a.c", "q(\"SELECT id \"\n  \"FROM stay\");\n",
         "engines/stays/a.c:1: SQL in C: name the statement in queries.sql\n");
    SAYS("engines/stays/a.c", "\nq(\"INSERT INTO stay\");\nq(\"DELETE  FROM stay\");\nq(\"UPDATE stay SET x = 1\");\n",
         "engines/stays/a.c:2: SQL in C: name the statement in queries.sql\n"
         "engines/stays/a.c:3: SQL in C: name the statement in queries.sql\n"
         "engines/stays/a.c:4: SQL in C: name the statement in queries.sql\n");
}

static void test_sql__words_apart_and_other_places_are_fine(void **state)
{
    ACCEPTS("engines/stays/a.c", "f(\"SELECT\", \"FROM\"); f(\"UPDATE\"); f(\"please select a file from the list\"); "
                                 "f(\"UNSELECT FROMAGE\"); /* DELETE FROM x */\n");
    ACCEPTS("platform/db/sqlite.c", "q(\"DELETE FROM x\");\n");
    ACCEPTS("tools/sqlc/test/t.c", "q(\"DELETE FROM x\");\n");
    ACCEPTS("bench/peer.c", "q(\"INSERT INTO x\");\n");
}

static void test_static__that_can_change_is_refused(void **state)
{
    SAYS("base/a.c",
         "static int counter;\nstatic char buffer[10] = { 0 };\nvoid f(void)\n{\n    static struct arena a;\n}\n",
         "base/a.c:1: a static that can change; state is an argument here\n"
         "base/a.c:2: a static that can change; state is an argument here\n"
         "base/a.c:5: a static that can change; state is an argument here\n");
}

static void test_static__constants_functions_locks_and_signal_flags_are_fine(void **state)
{
    ACCEPTS("base/a.c", "static const int n = 3;\nstatic int f(int x);\nstatic volatile sig_atomic_t stop;\nstatic "
                        "pthread_once_t once = ONE;\n"
                        "static struct str f(struct arena *a,\n    int x)\n");
    ACCEPTS("base/test/a.c", "static int calls;\n");
    ACCEPTS("bench/load.c", "static int calls;\n");
}

static void test_lines__tabs_trailing_spaces_and_carriage_returns(void **state)
{
    SAYS("base/a.h", "int\ta;\nint b; \nint c;\r\n",
         "base/a.h:1: a tab; this project indents with spaces\n"
         "base/a.h:2: white space at the end of the line\n"
         "base/a.h:3: white space at the end of the line\n");
    SAYS("docs/a.md", "x \n", "docs/a.md:1: white space at the end of the line\n");
    ACCEPTS("Makefile", "all:\n\techo\n");
    ACCEPTS("packs/dak_nong/a.csv", "a\tb \n");
}

static void test_lines__width_is_counted_in_letters(void **state)
{
    struct buf b;
    buf_init(&b, *state, 10000);
    for (int i = 0; i < 140; i++)
        buf_lit(&b, "ậ");
    assert_text(complaints(*state, "ui/js/a.js", buf_str(&b)), "");
    buf_lit(&b, "x\n");
    assert_text(complaints(*state, "ui/js/a.js", buf_str(&b)), "ui/js/a.js:1: 141 columns; 140 is the most\n");
}

static void test_lines__a_template_may_be_wide_but_not_long(void **state)
{
    struct buf b;
    buf_init(&b, *state, 10000);
    for (int i = 0; i < 200; i++)
        buf_lit(&b, "x");
    assert_text(complaints(*state, "engines/stays/html/desk.html", buf_str(&b)), "");
    for (int i = 0; i < 800; i++)
        buf_lit(&b, "\n");
    buf_lit(&b, "x\n");
    assert_text(complaints(*state, "engines/stays/html/desk.html", buf_str(&b)),
                "engines/stays/html/desk.html: 801 lines; split what changes for different reasons (800 is the most)\n");
}

static void test_lines__more_than_800_are_too_many(void **state)
{
    struct buf b;
    buf_init(&b, *state, 10000);
    for (int i = 0; i < 800; i++)
        buf_lit(&b, "x\n");
    assert_text(complaints(*state, "ui/js/a.js", buf_str(&b)), "");
    buf_lit(&b, "x\n");
    assert_text(complaints(*state, "ui/js/a.js", buf_str(&b)),
                "ui/js/a.js: 801 lines; split what changes for different reasons (800 is the most)\n");
}

static void test_lines__words_of_unfinished_work(void **state)
{
    SAYS("ui/js/a.js",
         "// TO"
         "DO: x\n",
         "ui/js/a.js:1: TO"
         "DO: do it, or open an issue\n");
    SAYS("base/a.c",
         "/* FIX"
         "ME */\nint x; // (XX"
         "X)\n",
         "base/a.c:1: FIX"
         "ME: do it, or open an issue\nbase/a.c:2: XX"
         "X: do it, or open an issue\n");
    ACCEPTS("base/a.c", "x = f(\"/tmp/a-XXXXXX\"); int MASTODON, TODOS;\n");
}

static void test_file__what_a_test_feeds_to_a_program_is_left_alone(void **state)
{
    ACCEPTS("tools/tmplc/test/sample/bad.html", "\t \n");
    ACCEPTS("tools/sqlc/test/fixture/a.sql", "\t \n");
    ACCEPTS("fuzz/corpus/a.html", "\t \n");
}

static struct str tree(struct arena *a, const char *const *paths, size_t n)
{
    struct tidy t;
    struct str_list list = { 0 };
    tidy_init(&t, a);
    for (size_t i = 0; i < n; i++)
        *vec_push(a, &list) = str_of(paths[i]);
    tidy_tree(&t, &list);
    return buf_str(&t.out);
}

static void test_tree__each_part_owes_a_readme(void **state)
{
    static const char *const good[] = { "Makefile",
                                        ".ci/run",
                                        "base/README.md",
                                        "base/test/a.c",
                                        "platform/README.md",
                                        "platform/meson.build",
                                        "platform/db/db.h",
                                        "platform/db/README.md",
                                        "platform/db/test/deep/a.c" };
    static const char *const bad[] = { "base/a.c", "base/b.c", "tools/README.md", "tools/meson.build", "tools/tidy/main.c" };
    assert_text(tree(*state, good, sizeof good / sizeof *good), "");
    assert_text(tree(*state, bad, sizeof bad / sizeof *bad),
                "base: no README.md: who uses it, what it is for, how to try it\n"
                "tools/tidy: no README.md: who uses it, what it is for, how to try it\n");
}

static void test_lex__keeps_length_and_lines_and_joins_adjacent_literals(void **state)
{
    struct c_text c = tidy_lex(*state, STR("a = \"x\\\"y\" /* c */\n    \"z\"; b = \"\";\n"));
    assert_text(c.code, "a = \"    \"        \n    \" \"; b = \"\";\n");
    assert_int_equal(c.literals.n, 2);
    assert_text(c.literals.v[0].text, "x\\\"yz");
    assert_int_equal(c.literals.v[0].line, 1);
    assert_text(c.literals.v[1].text, "");
    assert_int_equal(c.literals.v[1].line, 2);
}

static void test_lex__ends_with_unfinished_comments_and_literals(void **state)
{
    assert_text(tidy_lex(*state, STR("a /* b")).code, "a     ");
    assert_text(tidy_lex(*state, STR("a /*")).code, "a   ");
    assert_text(tidy_lex(*state, STR("\"ab\nc")).code, "\"  \nc");
    assert_text(tidy_lex(*state, STR("\"ab\\")).code, "\"   ");
    assert_text(tidy_lex(*state, STR("// b")).code, "    ");
    assert_text(tidy_lex(*state, STR("")).code, "");
}

/* What tidy says of a model's statements beside people's tables, when the list lets some statements be. */
static struct str borrowing(struct arena *a, const char *list, struct str queries)
{
    struct tidy t;
    tidy_init(&t, a);
    tidy_read_borrowed(&t, str_of(list));
    tidy_read_migration(&t, STR("engines/people/sql/001_people.sql"),
                        STR("-- TABLE in a comment\nCREATE TABLE person (id serial_int PRIMARY KEY);\n"
                            "CREATE INDEX person_x ON person (id);\n"));
    tidy_read_migration(&t, STR("models/m22_citizens/sql/001_citizens.sql"), STR("CREATE TABLE evidence (person id_int);\n"));
    tidy_queries(&t, STR("models/m22_citizens/queries.sql"), queries);
    tidy_tables(&t);
    return buf_str(&t.out);
}

static void test_tables__own_tables_and_made_up_names_are_fine(void **state)
{
    assert_text(borrowing(*state, "",
                          STR("-- name: a :one\nWITH person_of AS (SELECT person FROM evidence) SELECT person FROM person_of;\n"
                              "-- FROM person in words\n-- name: b :exec\nINSERT INTO evidence (person) VALUES ($person);\n")),
                "");
}

static void test_tables__a_neighbour_s_table_counts_once_a_statement(void **state)
{
    static const char two[] = "-- name: a :one\nSELECT p.id FROM evidence e\nJOIN person p ON p.id = e.person\n"
                              "JOIN person q ON q.id = p.id;\n-- name: b :exec\nUPDATE person SET id = 1;\n";
    assert_text(borrowing(*state, "", str_of(two)),
                "models/m22_citizens/queries.sql:6: 2 statements name tables of engines/people, and 0 may: ask its functions\n");
    assert_text(borrowing(*state, "models/m22_citizens engines/people 2 because\n", str_of(two)), "");
    assert_text(borrowing(*state, "# words\nmodels/m22_citizens engines/people 3 because\n", str_of(two)),
                "tools/tidy/borrowed: models/m22_citizens engines/people: it is 2 now, which is better: write that\n");
    assert_text(borrowing(*state, "models/m22_citizens engines/people two\n", STR("")),
                "tools/tidy/borrowed: cannot be read: whose statements, whose tables, how many, why\n");
}

static struct str unnamed(struct arena *a, struct str code)
{
    struct tidy t;
    tidy_init(&t, a);
    tidy_file(&t, STR("engines/people/person.c"), code);
    tidy_file(&t, STR("engines/people/queries.sql"),
              STR("-- name: person_by_id :one\n-- row: person\nSELECT 1;\n\n-- name:person_any :one\nSELECT 1;\n"));
    tidy_statements(&t);
    return buf_str(&t.out);
}

static void test_statements__each_is_named_by_a_c_file(void **state)
{
    assert_text(unnamed(*state, STR("int x = person_by_id(r, &in);\nrun(person_any);\n")), "");
    assert_text(unnamed(*state, STR("struct person_by_id_row row;\nint y = person_any();\n")),
                "engines/people/queries.sql:1: no C file names person_by_id: a statement that nobody runs\n");
    assert_text(unnamed(*state, STR("/* person_any */ const char *s = \"person_any\"; person_by_id();\n")),
                "engines/people/queries.sql:5: no C file names person_any: a statement that nobody runs\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_include__downward_is_fine),
        in_arena(test_include__upward_is_named_with_its_line),
        in_arena(test_include__an_engine_knows_only_engines_it_declares),
        in_arena(test_include__a_later_engine_is_up_even_when_declared),
        in_arena(test_include__an_engine_without_module_c_may_use_earlier_ones),
        in_arena(test_include__a_test_of_an_engine_may_use_any_engine_but_no_model),
        in_arena(test_include__models_never_know_each_other),
        in_arena(test_include__tools_and_ui_stand_aside),
        in_arena(test_include__sqlc_knows_the_header_it_writes_for),
        in_arena(test_include__i18nc_knows_the_reader_of_templates),
        in_arena(test_include__generated_headers_belong_to_their_module),
        in_arena(test_include__by_dots_or_of_a_c_file_is_refused),
        in_arena(test_include__in_a_comment_or_a_literal_is_none),
        in_arena(test_banned__a_call_is_named_with_what_to_use_instead),
        in_arena(test_banned__longer_names_members_comments_and_literals_are_fine),
        in_arena(test_sql__in_a_literal_is_refused_even_in_pieces_and_over_lines),
        in_arena(test_sql__words_apart_and_other_places_are_fine),
        in_arena(test_static__that_can_change_is_refused),
        in_arena(test_static__constants_functions_locks_and_signal_flags_are_fine),
        in_arena(test_lines__tabs_trailing_spaces_and_carriage_returns),
        in_arena(test_lines__width_is_counted_in_letters),
        in_arena(test_lines__a_template_may_be_wide_but_not_long),
        in_arena(test_lines__more_than_800_are_too_many),
        in_arena(test_lines__words_of_unfinished_work),
        in_arena(test_file__what_a_test_feeds_to_a_program_is_left_alone),
        in_arena(test_tree__each_part_owes_a_readme),
        in_arena(test_tables__own_tables_and_made_up_names_are_fine),
        in_arena(test_tables__a_neighbour_s_table_counts_once_a_statement),
        in_arena(test_statements__each_is_named_by_a_c_file),
        in_arena(test_lex__keeps_length_and_lines_and_joins_adjacent_literals),
        in_arena(test_lex__ends_with_unfinished_comments_and_literals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
