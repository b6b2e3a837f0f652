package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rows of an application's own classes. Source: rest 5.
class RecordClassesTest {
    private static final String NOTES = "/1.1/classes/Note";

    @RegisterExtension
    static final ParleyServer server = ParleyServer.with()
            .set("appDefaults.storage.classPermissions", "Closed:get+update=nobody, Closed:find=users")
            .create();

    private static Rest anybody;
    private static Rest master;

    @BeforeAll
    static void fillTheClassOfQueries() throws Exception {
        anybody = Rest.anybody(server);
        master = Rest.master(server);
        String author = anybody.create("Author", "{'name':'Tom','born':1940}");
        String other = anybody.create("Author", "{'name':'Jerry','born':1941}");
        String pointer = "{'__type':'Pointer','className':'Author','objectId':'%s'}";
        anybody.create("Film", "{'title':'A','stars':3,'tags':['cat','mouse'],'by':" + pointer.formatted(author) + "}");
        anybody.create("Film", "{'title':'B','stars':5,'tags':['dog'],'by':" + pointer.formatted(other) + "}");
        anybody.create("Film", "{'title':'C','stars':4,'tags':[],'deep':{'x':{'y':1}}}");
    }

    @Test
    void a_row_is_made_read_changed_and_deleted() throws Exception {
        Rest.Answer made = anybody.call("POST", NOTES, "{'text':'hi','n':1}");
        String id = made.body().path("objectId").asText();
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.http().headers().firstValue("Location")).hasValue(NOTES + "/" + id);
        assertThat(made.body().fieldNames()).toIterable().containsExactly("objectId", "createdAt");
        assertThat(made.body().path("createdAt").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

        JsonNode changed = anybody.done(
                "PUT", NOTES + "/" + id, "{'n':{'__op':'Increment','amount':2},'text':{'__op':'Delete'},'a.b':true}");
        assertThat(changed.fieldNames()).toIterable().containsExactlyInAnyOrder("updatedAt", "objectId");

        JsonNode read = anybody.done("GET", NOTES + "/" + id, "");
        assertThat(read.path("createdAt")).isEqualTo(made.body().path("createdAt"));
        assertThat(read.path("updatedAt")).isEqualTo(changed.path("updatedAt"));
        assertThat(Rest.withoutTimes(read)).isEqualTo(Rest.json("{'n':3,'a':{'b':true},'objectId':'" + id + "'}"));

        assertThat(anybody.done("DELETE", NOTES + "/" + id, "")).isEmpty();
        assertThat(anybody.done("GET", NOTES + "/" + id, "")).isEmpty();
        anybody.call("DELETE", NOTES + "/" + id, "").refusedWith(404, 101);
        anybody.call("PUT", NOTES + "/" + id, "{'n':1}").refusedWith(404, 101);
    }

    @Test
    void who_writes_may_be_told_the_row() throws Exception {
        JsonNode made = anybody.done("POST", NOTES + "?fetchWhenSave=true", "{'text':'hi'}");
        assertThat(made.path("text").asText()).isEqualTo("hi");
        String id = made.path("objectId").asText();
        JsonNode changed = anybody.done(
                "PUT", NOTES + "/" + id + "?fetchWhenSave=true", "{'stars':{'__op':'Increment','amount':2}}");
        assertThat(Rest.withoutTimes(changed)).isEqualTo(Rest.json("{'stars':2,'objectId':'" + id + "'}"));
    }

    @Test
    void several_rows_are_deleted_at_once() throws Exception {
        String first = anybody.create("Many", "{'n':1}");
        String second = anybody.create("Many", "{'n':2}");
        anybody.done("DELETE", "/1.1/classes/Many/" + first + "," + second, "");
        assertThat(anybody.done("GET", "/1.1/classes/Many", "").path("results")).isEmpty();
    }

    @Test
    void a_condition_guards_a_change() throws Exception {
        String id = anybody.create("Account", "{'balance':10}");
        String path = "/1.1/classes/Account/" + id;
        String enough = Rest.query("where", "{'balance':{'$gte':8}}");
        anybody.done("PUT", path + enough, "{'balance':{'__op':'Increment','amount':-8}}");
        anybody.call("PUT", path + enough, "{'balance':{'__op':'Increment','amount':-8}}")
                .refusedWith(400, 305);
        anybody.call("DELETE", path + enough, "").refusedWith(400, 305);
        assertThat(anybody.done("GET", path, "").path("balance").asInt()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {} | | A,B,C
            {} | -stars | B,C,A
            {} | -createdAt | C,B,A
            {} | title,-stars | A,B,C
            {'stars':{'$gt':3}} | stars | C,B
            {'tags':'cat'} | | A
            {'tags':{'$all':['cat','mouse']}} | | A
            {'tags':{'$size':0}} | | C
            {'title':{'$regex':'^[ab]$','$options':'i'}} | | A,B
            {'title':{'$nin':['A']}} | | B,C
            {'by':{'$exists':false}} | | C
            {'deep.x.y':1} | | C
            {'$or':[{'title':'A'},{'stars':5}]} | | A,B
            [{'stars':{'$gt':3}},{'tags':'dog'}] | | B
            {'by':{'$inQuery':{'className':'Author','where':{'born':{'$lt':1941}}}}} | | A
            {'by':{'$notInQuery':{'className':'Author','where':{'name':'Tom'}}}} | | B,C
            {'stars':{'$gt':4},'by':{'$inQuery':{'className':'Author','where':{}}}} | | B
            {'title':{'$select':{'query':{'className':'Film','where':{'stars':5}},'key':'title'}}} | | B
            {'title':{'$dontSelect':{'query':{'className':'Film','where':{'stars':5}},'key':'title'}}} | | A,C
            """)
    void a_query_finds_rows_in_order(String where, String order, String titles) throws Exception {
        JsonNode found = anybody.done(
                "GET", "/1.1/classes/Film" + Rest.query("where", where, "order", order == null ? "" : order), "");
        assertThat(titles(found)).containsExactly(titles.split(","));
    }

    private static List<String> titles(JsonNode found) {
        List<String> titles = new ArrayList<>();
        found.path("results").forEach(row -> titles.add(row.path("title").asText()));
        return titles;
    }

    @Test
    void a_page_has_limit_skip_count_and_chosen_columns() throws Exception {
        String films = "/1.1/classes/Film";
        JsonNode page = anybody.done(
                "GET",
                films + Rest.query("limit", "1", "skip", "1", "count", "1", "keys", "title", "order", "title"),
                "");
        assertThat(page.path("count").asInt()).isEqualTo(3);
        assertThat(page.path("results")).hasSize(1);
        assertThat(page.path("results").get(0).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("title", "objectId", "createdAt", "updatedAt");
        assertThat(anybody.done("GET", films + "?limit=0&count=1", "").toString())
                .isEqualTo("{\"results\":[],\"count\":3}");
        assertThat(anybody.done("GET", films + "?limit=0", "").path("results")).hasSize(3);
        assertThat(anybody.done("GET", films + "?limit=100000&keys=-title", "")
                        .path("results")
                        .get(0)
                        .has("title"))
                .isFalse();
    }

    @Test
    void what_a_row_points_to_comes_along_when_it_is_asked_for() throws Exception {
        String where = Rest.query("where", "{'title':'A'}", "include", "by");
        JsonNode by = anybody.done("GET", "/1.1/classes/Film" + where, "")
                .path("results")
                .get(0)
                .path("by");
        assertThat(by.path("__type").asText()).isEqualTo("Pointer");
        assertThat(by.path("className").asText()).isEqualTo("Author");
        assertThat(by.path("name").asText()).isEqualTo("Tom");
    }

    @Test
    void places_are_found_from_the_nearest_on() throws Exception {
        String place = "{'name':'%s','at':{'__type':'GeoPoint','latitude':%s,'longitude':116.4}}";
        anybody.create("Place", place.formatted("far", "41.0"));
        anybody.create("Place", place.formatted("near", "40.01"));
        anybody.create("Place", place.formatted("off", "80"));
        String near = "{'at':{'$nearSphere':{'__type':'GeoPoint','latitude':40,'longitude':116.4},"
                + "'$maxDistanceInKilometers':500}}";
        JsonNode found = anybody.done("GET", "/1.1/classes/Place" + Rest.query("where", near), "");
        assertThat(found.path("results").findValuesAsText("name")).containsExactly("near", "far");
    }

    @Test
    void a_relation_is_asked_for_from_both_sides() throws Exception {
        String tag = anybody.create("Tag", "{'name':'fun'}");
        String other = anybody.create("Tag", "{'name':'sad'}");
        String pointer = "{'__type':'Pointer','className':'Tag','objectId':'" + tag + "'}";
        String post = anybody.create("Post", "{'tags':{'__op':'AddRelation','objects':[" + pointer + "]}}");
        JsonNode shown = anybody.done("GET", "/1.1/classes/Post/" + post, "").path("tags");
        assertThat(shown).isEqualTo(Rest.json("{'__type':'Relation','className':'Tag'}"));
        String related = "{'$relatedTo':{'object':{'__type':'Pointer','className':'Post','objectId':'" + post
                + "'},'key':'tags'}}";
        JsonNode tags = anybody.done("GET", "/1.1/classes/Tag" + Rest.query("where", related), "");
        assertThat(tags.path("results").findValuesAsText("objectId"))
                .containsExactly(tag)
                .doesNotContain(other);
        JsonNode redirected = anybody.done(
                "GET", "/1.1/classes/Post" + Rest.query("where", related, "redirectClassNameForKey", "tags"), "");
        assertThat(redirected.path("className").asText()).isEqualTo("Tag");
        assertThat(redirected.path("results").findValuesAsText("objectId")).containsExactly(tag);
        JsonNode posts = anybody.done("GET", "/1.1/classes/Post" + Rest.query("where", "{'tags':" + pointer + "}"), "");
        assertThat(posts.path("results").findValuesAsText("objectId")).containsExactly(post);
    }

    @ParameterizedTest(name = "{0} {1} {2} -> {3} {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            GET  | /1.1/classes/Nowhere | | 404 | 101
            GET  | /1.1/classes/Nowhere/5cc6abe117b54d7448151efc | | 404 | 101
            GET  | /1.1/classes/a-b | | 400 | 103
            GET  | /1.1/classes/_Schema | | 400 | 103
            POST | /1.1/classes/_Schema | {'a':1} | 400 | 103
            POST | /1.1/classes/1st | {'a':1} | 400 | 103
            GET  | /1.1/classes/Film/..%2F..%2Fetc | | 400 | 104
            POST | /1.1/classes/Film | {'title':5} | 400 | 111
            POST | /1.1/classes/Film | {'by':{'__type':'Pointer','className':'Tag','objectId':'x'}} | 400 | 111
            POST | /1.1/classes/Film | {'by':{'__type':'Pointer','className':'Author'}} | 400 | 106
            POST | /1.1/classes/Film | {'$where':1} | 400 | 105
            POST | /1.1/classes/Film | {'deep':{'$x':1}} | 400 | 105
            POST | /1.1/classes/Film | {'a..b':1} | 400 | 105
            POST | /1.1/classes/Film | {'1st':1} | 400 | 105
            POST | /1.1/classes/Film | {'title':{'__op':'Explode'}} | 400 | 111
            POST | /1.1/classes/Film | {'title':{'__op':'Increment','amount':'x'}} | 400 | 111
            POST | /1.1/classes/Film | {'ACL':{'*':true}} | 400 | 123
            POST | /1.1/classes/Film | {'ACL':'all'} | 400 | 123
            POST | /1.1/classes/Film | [1] | 400 | 107
            POST | /1.1/classes/Film | {'a': | 400 | 107
            GET  | /1.1/classes/Film?where=%7B | | 400 | 107
            GET  | /1.1/classes/Film?where=%7B%22title%22%3A%7B%22%24near%22%3A1%7D%7D | | 400 | 102
            GET  | /1.1/classes/Film?where=%7B%22ACL%22%3A1%7D | | 400 | 102
            GET  | /1.1/classes/Film?limit=x | | 400 | 1
            GET  | /1.1/classes/Closed/5cc6abe117b54d7448151efc | | 403 | 403
            GET  | /1.1/classes/Closed | | 403 | 403
            PUT  | /1.1/classes/Closed/5cc6abe117b54d7448151efc | {'a':1} | 403 | 403
            GET  | /1.1/scan/classes/Film | | 403 | 403
            GET  | /1.1/schemas | | 403 | 403
            GET  | /1.1/classes/_User | | 403 | 403
            GET  | /1.1/classes/_Installation | | 403 | 403
            POST | /1.1/classes/_Role | {'name':'x','ACL':{}} | 403 | 403
            POST | /1.1/batch | {'requests':1} | 400 | 1
            """)
    void what_cannot_be_is_refused_with_a_reason(String method, String path, String body, int status, int code)
            throws Exception {
        anybody.call(method, path, body == null ? "" : body).refusedWith(status, code);
    }

    @Test
    void a_row_that_is_too_large_is_refused() throws Exception {
        String text = "x".repeat(1024 * 1024 * 16);
        anybody.call("POST", NOTES, "{'text':'" + text + "'}").refusedWith(400, 116);
    }

    @Test
    void a_hostile_query_ends() throws Exception {
        String deep = "{'a':1}";
        for (int i = 0; i < 50; i++) deep = "{'$or':[" + deep + "]}";
        anybody.call("GET", "/1.1/classes/Film" + Rest.query("where", deep), "").refusedWith(400, 102);
        String inner = "{'by':{'$inQuery':{'className':'Author','where':{}}}}";
        String many = "{'$or':[" + (inner + ",").repeat(30) + inner + "]}";
        anybody.call("GET", "/1.1/classes/Film" + Rest.query("where", many), "").refusedWith(400, 102);
    }

    @Test
    void an_acl_lets_only_whom_it_names_read_and_write() throws Exception {
        Rest.User tom = anybody.signUp("tom");
        Rest.User jerry = anybody.signUp("jerry");
        String acl = "{'" + tom.id() + "':{'read':true,'write':true}}";
        String id = tom.rest().create("Diary", "{'text':'dear','ACL':" + acl + "}");
        String path = "/1.1/classes/Diary/" + id;

        assertThat(jerry.rest().done("GET", path, "")).isEmpty();
        assertThat(anybody.done("GET", "/1.1/classes/Diary", "").path("results"))
                .isEmpty();
        jerry.rest().call("PUT", path, "{'text':'x'}").refusedWith(403, 403);
        jerry.rest().call("DELETE", path, "").refusedWith(403, 403);
        assertThat(tom.rest().done("GET", "/1.1/classes/Diary", "").path("results"))
                .hasSize(1);
        tom.rest().done("PUT", path, "{'text':'y'}");
        assertThat(master.done("GET", path, "").path("text").asText()).isEqualTo("y");
        JsonNode told = tom.rest()
                .done("GET", "/1.1/classes/Diary?returnACL=true", "")
                .path("results")
                .get(0);
        assertThat(told.path("ACL")).isEqualTo(Rest.json(acl));
        assertThat(tom.rest()
                        .done("GET", "/1.1/classes/Diary", "")
                        .path("results")
                        .get(0)
                        .has("ACL"))
                .isFalse();
    }

    @Test
    void a_role_gives_its_users_and_those_of_its_roles_what_an_acl_gives_it() throws Exception {
        Rest.User tom = anybody.signUp("tom");
        Rest.User jerry = anybody.signUp("jerry");
        Rest.User spike = anybody.signUp("spike");
        String user = "{'__type':'Pointer','className':'_User','objectId':'%s'}";
        String relation = "{'__op':'AddRelation','objects':[%s]}";
        String inner = master.create(
                "_Role", "{'name':'inner','ACL':{},'users':" + relation.formatted(user.formatted(jerry.id())) + "}");
        String pointer = "{'__type':'Pointer','className':'_Role','objectId':'" + inner + "'}";
        master.create(
                "_Role",
                "{'name':'outer','ACL':{},'users':" + relation.formatted(user.formatted(tom.id())) + ",'roles':"
                        + relation.formatted(pointer) + "}");
        String id = master.create("Minutes", "{'text':'x','ACL':{'role:outer':{'read':true,'write':true}}}");
        String path = "/1.1/classes/Minutes/" + id;

        assertThat(tom.rest().done("GET", path, "").path("text").asText()).isEqualTo("x");
        jerry.rest().done("PUT", path, "{'text':'y'}");
        assertThat(spike.rest().done("GET", path, "")).isEmpty();
        spike.rest().call("PUT", path, "{'text':'z'}").refusedWith(403, 403);
    }

    @Test
    void the_application_scans_a_class_page_by_page() throws Exception {
        for (int i = 0; i < 5; i++) master.create("Scanned", "{'n':" + i + "}");
        List<Integer> met = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    master.done("GET", "/1.1/scan/classes/Scanned" + Rest.query("limit", "2", "cursor", cursor), "");
            page.path("results").forEach(row -> met.add(row.path("n").asInt()));
            cursor = page.path("cursor").isNull() ? "" : page.path("cursor").asText();
        } while (!cursor.isEmpty());
        assertThat(met).containsExactly(0, 1, 2, 3, 4);
        master.call("GET", "/1.1/scan/classes/Scanned?cursor=x", "").refusedWith(400, 102);
        master.call("GET", "/1.1/scan/classes/Scanned?scan_key=n", "").refusedWith(400, 102);
    }

    @Test
    void a_schema_tells_the_types_of_columns() throws Exception {
        JsonNode film = master.done("GET", "/1.1/schemas/Film", "");
        assertThat(film.path("title")).isEqualTo(Rest.json("{'type':'String'}"));
        assertThat(film.path("by")).isEqualTo(Rest.json("{'type':'Pointer','className':'Author'}"));
        JsonNode all = master.done("GET", "/1.1/schemas", "");
        assertThat(all.path("Film")).isEqualTo(film);
        assertThat(all.fieldNames()).toIterable().contains("_User", "_File").doesNotContain("_Schema");
        assertThat(all.path("_User").has("password")).isFalse();
    }

    @Test
    void a_batch_answers_each_of_its_requests() throws Exception {
        JsonNode answers = anybody.done("POST", "/1.1/batch", """
                {'requests':[
                  {'method':'POST','path':'/1.1/classes/Batch','body':{'n':1}},
                  {'method':'GET','path':'/1.1/classes/Nowhere'},
                  {'method':'GET','path':'/1.1/classes/Batch?limit=1','params':{'where':{'n':1}}},
                  {'method':'POST','path':'/1.1/batch','body':{'requests':[]}}]}""");
        assertThat(answers).hasSize(4);
        assertThat(answers.get(0).path("success").path("objectId").asText()).isNotEmpty();
        assertThat(answers.get(1).path("error").path("code").asInt()).isEqualTo(101);
        assertThat(answers.get(2).path("success").path("results")).hasSize(1);
        assertThat(answers.get(3).path("error").path("code").asInt()).isEqualTo(1);
    }

    @Test
    void a_batch_of_saves_tells_the_result_by_object_and_links_new_children() throws Exception {
        JsonNode saved = anybody.done("POST", "/1.1/batch/save", """
                {'requests':[
                  {'method':'POST','path':'/1.1/classes/Child','body':{'n':1,'__internalId':'c1'}},
                  {'method':'POST','path':'/1.1/classes/Parent','body':{'n':2,'__internalId':'p1',
                    '__children':[{'className':'Child','cid':'c1','key':'child'}]}}]}""");
        String child = saved.path("c1").path("objectId").asText();
        String parent = saved.path("p1").path("objectId").asText();
        ObjectNode row = (ObjectNode) anybody.done("GET", "/1.1/classes/Parent/" + parent, "");
        assertThat(row.path("child").path("objectId").asText()).isEqualTo(child);

        JsonNode changed = anybody.done("POST", "/1.1/batch/save", """
                {'requests':[{'method':'PUT','path':'/1.1/classes/Child/%s','body':{'n':5}}]}""".formatted(child));
        assertThat(changed.path(child).path("objectId").asText()).isEqualTo(child);
        assertThat(changed.path(child).has("updatedAt")).isTrue();
    }

    @Test
    void a_plain_text_body_carries_credentials_and_method() throws Exception {
        String id = anybody.create("Plain", "{'n':1}");
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/1.1/classes/Plain/" + id))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(Rest.json("{'_method':'PUT','_ApplicationId':'" + TestApp.ID
                                + "','_ApplicationKey':'" + TestApp.KEY + "','n':2}")
                        .toString()))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(anybody.done("GET", "/1.1/classes/Plain/" + id, "").path("n").asInt())
                .isEqualTo(2);
    }
}
