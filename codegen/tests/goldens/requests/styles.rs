//! The requests of the styles of parameters, with values that look like what separates.

use serde_json::json;

use super::Row;

/// The requests.
pub(super) fn rows() -> Vec<Row> {
    queries()
        .into_iter()
        .chain(paths())
        .chain(partial_segments())
        .chain(headers_and_cookies())
        .collect()
}

fn queries() -> Vec<Row> {
    vec![
        (
            "query_styles",
            "list_all_acme_exploded",
            json!({
                "colour": ["blue", "a,b", "c&d=e"], "size": {"unit": "mm", "width": 2.5},
                "labels": {"k[]=1&x": "v %26", "é": "\n"}, "spaced": [3, 4], "one": "a,b"
            }),
            &[
                "GET /exploded?colour=blue&colour=a%2Cb&colour=c%26d%3De&width=2.5&unit=mm\
                 &k%5B%5D%3D1%26x=v%20%2526&%C3%A9=%0A&spaced=3&spaced=4&one=a%2Cb",
            ],
        ),
        (
            "query_styles",
            "list_all_acme_exploded",
            json!({"labels": {"one": "1", "unit": "2"}, "one": "3"}),
            &["labels: `one` is another input of this call; give it there"],
        ),
        (
            "query_styles",
            "list_all_acme_exploded",
            json!({"colour": [], "labels": {}}),
            &["GET /exploded"],
        ),
        (
            "query_styles",
            "list_all_acme_joined",
            json!({
                "comma": ["blue", "b|c d", "e%2Cf"], "size": {"unit": "mm", "width": 100}, "space": ["a,b", "c|d+e"],
                "spaced_size": {"width": 3}, "pipe": ["x y", "z,é"], "piped_labels": {"R": 100, "G": 200}
            }),
            &[
                "GET /joined?comma=blue,b%7Cc%20d,e%252Cf&size=width,100,unit,mm&space=a%2Cb%20c%7Cd%2Be\
                 &spacedSize=width%203&pipe=x%20y%7Cz%2C%C3%A9&pipedLabels=R%7C100%7CG%7C200",
            ],
        ),
        (
            "query_styles",
            "list_all_acme_joined",
            json!({"space": ["a b"], "pipe": ["a|b"]}),
            &[
                r#"space[0]: must match the pattern `^[^ ]*$`, got "a b""#,
                r#"pipe[0]: must match the pattern `^[^|]*$`, got "a|b""#,
            ],
        ),
        (
            "query_styles",
            "list_all_acme_joined",
            json!({"comma": ["a,b"], "piped_labels": {"a|b": 1}}),
            &[
                r#"comma: an item cannot contain a comma, which separates items; got "a,b""#,
                r#"piped_labels: an item cannot contain a vertical bar, which separates items; got "a|b""#,
            ],
        ),
        (
            "query_styles",
            "list_all_acme_deep",
            json!({"filter": {"size": {"unit": "ft", "width": 1}, "state": "a[b]=c&d"}, "labels": {"a.b&c": ""}}),
            &[
                "GET /deep?filter%5Bstate%5D=a%5Bb%5D%3Dc%26d&filter%5Bsize%5D%5Bwidth%5D=1\
                 &filter%5Bsize%5D%5Bunit%5D=ft&labels%5Ba.b%26c%5D=",
            ],
        ),
        (
            "query_styles",
            "list_all_acme_deep",
            json!({"filter": {}, "labels": {"a][b": "x"}}),
            &[r#"labels: a key cannot be empty, nor contain a bracket, which ends it; got "a][b""#],
        ),
        (
            "query_styles",
            "list_all_acme_reserved",
            json!({"path": "/a:b?c=d&e#f[g]+h'i%20;", "paths": ["/a", "b/c"], "size": {"width": 1, "unit": "mm"}}),
            &[
                "GET /reserved?path=/a:b?c=d%26e%23f%5Bg%5D%2Bh%27i%2520%3B&paths=/a,b/c\
                 &size%5Bwidth%5D=1&size%5Bunit%5D=mm",
            ],
        ),
        (
            "query_styles",
            "list_all_acme_content",
            json!({"where": {"size": {"width": 1, "unit": "mm"}, "ids": [1, 2]}, "text": "a\"b"}),
            &[
                "GET /content?where=%7B%22ids%22%3A%5B1%2C2%5D%2C%22size%22%3A%7B%22width%22%3A1%2C%22unit%22%3A%22mm%22%7D%7D\
                 &text=a%22b",
            ],
        ),
        (
            "query_styles",
            "create_a_acme_place_by_id",
            json!({"name": "p", "name_in_query": "q", "name_in_header": "h", "name_in_cookie": "c", "name_in_body": "b"}),
            &[
                "POST /places/p?name=q",
                "Name: h",
                "cookie: name=c",
                r#"{"name":"b"}"#,
            ],
        ),
    ]
}

fn paths() -> Vec<Row> {
    vec![
        (
            "path_styles",
            "get_single_acme_simple_by_one_and_list_and_entries_and_exploded",
            json!({
                "one": 5, "list": ["blue", "a,b", "c/d"], "entries": {"width": 15, "unit": "m,n"},
                "id": {"unit": "a=b;c", "width": 2}
            }),
            &["GET /simple/5/blue,a%2Cb,c%2Fd/width,15,unit,m%2Cn/width=2,unit=a%3Db%3Bc"],
        ),
        (
            "path_styles",
            "get_single_acme_simple_by_one_and_list_and_entries_and_exploded",
            json!({"one": 5, "list": ["a", ".."], "entries": {"width": 1}, "id": {"width": 2, "unit": "x/../y"}}),
            &[
                r#"id: "width,2,unit,x/../y" cannot stand in a path; give the identifier of a record"#,
            ],
        ),
        (
            "path_styles",
            "get_single_acme_label_by_one_and_list_and_several_and_e_f89d4537",
            json!({
                "one": "a.b", "list": ["a.b", "c,d"], "several": ["x", "y/z"], "entries": {"width": 15},
                "id": {"width": 2, "unit": "m"}
            }),
            &["GET /label/.a.b/.a.b,c%2Cd/.x.y%2Fz/.width,15/.width=2.unit=m"],
        ),
        (
            "path_styles",
            "get_single_acme_label_by_one_and_list_and_several_and_e_f89d4537",
            json!({
                "one": ".", "list": ["./x"], "several": ["ab"], "entries": {"width": 1}, "id": {"width": 1, "unit": "m.n"}
            }),
            &[
                r#"one: "." cannot stand in a path; give the identifier of a record"#,
                r#"list: "./x" cannot stand in a path; give the identifier of a record"#,
                r#"id: an item cannot contain a dot, which separates items here; got "m.n""#,
            ],
        ),
        (
            "path_styles",
            "get_single_acme_matrix_by_one_and_list_and_several_and_c7377b7b",
            json!({
                "one": "a;b=c", "list": ["a", "b,c"], "several": ["x;y", "", "z"], "entries": {"width": 1},
                "id": {"width": 2, "unit": "é"}
            }),
            &[
                "GET /matrix/;one=a%3Bb%3Dc/;list=a,b%2Cc/;several=x%3By;several;several=z/;entries=width,1\
                 /;width=2;unit=%C3%A9",
            ],
        ),
        (
            "path_styles",
            "get_single_acme_json_by_id",
            json!({"id": {"ids": [1, 2]}}),
            &["GET /json/%7B%22ids%22%3A%5B1%2C2%5D%7D"],
        ),
    ]
}

fn partial_segments() -> Vec<Row> {
    vec![
        (
            "path_styles",
            "get_single_acme_file_by_name_and_ext",
            json!({"name": "a/b {ext}", "ext": "tar.gz"}),
            &["GET /files/a%2Fb%20%7Bext%7D.tar.gz"],
        ),
        (
            "path_styles",
            "get_single_acme_file_by_name_and_ext",
            json!({"name": "..", "ext": "x"}),
            &[r#"name: ".." cannot stand in a path; give the identifier of a record"#],
        ),
        (
            "path_styles",
            "get_single_acme_file_by_name_and_ext",
            json!({"name": "a/", "ext": "/b"}),
            &["GET /files/a%2F.%2Fb"],
        ),
        (
            "path_styles",
            "get_single_acme_file_by_name_and_ext",
            json!({"name": "", "ext": "x"}),
            &["name: must have at least 1 character, has 0"],
        ),
        (
            "path_styles",
            "create_a_acme_cancel_of_item",
            json!({"id": "a:b/c?d"}),
            &["POST /items/a%3Ab%2Fc%3Fd:cancel"],
        ),
        (
            "path_styles",
            "delete_a_acme_line_of_order_by_id",
            json!({"key": "a b", "range": [3, 4]}),
            &["DELETE /orders('a%20b')/lines;range=3,4"],
        ),
        (
            "path_styles",
            "delete_a_acme_line_of_order_by_id",
            json!({"key": "x')/lines('y", "range": [3]}),
            &[r#"key: cannot contain ', which ends the value in this path; got "x')/lines('y""#],
        ),
    ]
}

fn headers_and_cookies() -> Vec<Row> {
    vec![
        (
            "header_and_cookie",
            "list_all_acme_things",
            json!({
                "x_ids": [3, 4], "x_words": ["a b", "c=d;e"], "x_size": {"width": 1.5, "unit": "m=n"},
                "x_labels": {"role": "admin", "level": "2"}, "x_where": {"k": "é\n\""}
            }),
            &[
                "GET /things",
                "X-Ids: 3,4",
                "X-Words: a b,c=d;e",
                "X-Size: width,1.5,unit,m=n",
                "X-Labels: role=admin,level=2",
                r#"X-Where: {"k":"\u00e9\n\""}"#,
            ],
        ),
        (
            "header_and_cookie",
            "list_all_acme_things",
            json!({
                "x_words": ["a,b"], "x_size": {"width": 1, "unit": "m,n"}, "x_labels": {"role": "a=b"}
            }),
            &[
                r#"x_words: an item cannot contain a comma, which separates items; got "a,b""#,
                r#"x_size: an item cannot contain a comma, which separates items; got "m,n""#,
                r#"x_labels: an item cannot contain an equals sign, which separates names and values; got "a=b""#,
            ],
        ),
        (
            "header_and_cookie",
            "list_all_acme_things",
            json!({"x_words": ["a\r\nX-Evil: 1"], "x_size": {"width": 1, "unit": "é"}, "x_labels": {}, "x_ids": []}),
            &[
                r#"x_words: cannot contain a line break or a control character; got "a\r\nX-Evil: 1""#,
                r#"x_size: cannot contain a character beyond ASCII; got "width,1,unit,é""#,
            ],
        ),
        (
            "header_and_cookie",
            "get_single_acme_thing_by_id",
            json!({"id": 7, "session": "a=b%3B", "flags": ["x", "y"], "size": {"width": 1.5, "unit": "m"}}),
            &[
                "GET /things/7",
                "cookie: session=a=b%3B; flags=x,y; size=width,1.5,unit,m",
            ],
        ),
        (
            "header_and_cookie",
            "get_single_acme_thing_by_id",
            json!({"id": 7, "session": "a; admin=1", "flags": ["x", "y,z"]}),
            &[
                r#"session: must match the pattern `^[!#-+\--:<-\[\]-~]*$`, got "a; admin=1""#,
                r#"flags[1]: must match the pattern `^[!#-+\--:<-\[\]-~]*$`, got "y,z""#,
            ],
        ),
        (
            "header_and_cookie",
            "get_single_acme_thing_by_id",
            json!({"id": 7, "session": "a", "size": {"width": 1, "unit": "m; admin=1"}}),
            &[
                "size: cannot contain what a cookie cannot: spaces, quotes, commas, semicolons, backslashes, control \
                 characters, characters beyond ASCII; got \"width,1,unit,m; admin=1\"",
            ],
        ),
    ]
}
