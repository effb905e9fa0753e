"""Addresses of stories."""

from django.urls import URLPattern, URLResolver, include, path

from grobunn.stories.views import authors, feeds, links, newsletter, pictures, reading, steps, writing

app_name = "stories"

writing_patterns: list[URLPattern] = [
    path("", writing.show_desk, name="desk"),
    path("ny/", writing.begin, name="begin"),
    path("<uuid:story_id>/", writing.write, name="write"),
    path("<uuid:story_id>/se/", writing.look, name="look"),
    path("<uuid:story_id>/kast/", writing.throw_away, name="throw_away"),
    path("<uuid:story_id>/bilder/", pictures.show_pictures, name="pictures"),
    path("<uuid:story_id>/bilder/<uuid:picture_id>/", pictures.describe, name="describe_picture"),
    path("<uuid:story_id>/bilder/<uuid:picture_id>/fjern/", pictures.remove, name="remove_picture"),
    path("<uuid:story_id>/forfattere/", authors.show_authors, name="authors"),
    path("<uuid:story_id>/forfattere/meg/", authors.show_me, name="show_me"),
    path("<uuid:story_id>/forfattere/<uuid:user_id>/fjern/", authors.remove, name="remove_author"),
    path("<uuid:story_id>/handler-om/", links.show_links, name="links"),
    path("<uuid:story_id>/handler-om/<uuid:link_id>/fjern/", links.remove, name="remove_link"),
    path("<uuid:story_id>/steg/<slug:edge>/", steps.take_step, name="step"),
    path("<uuid:story_id>/angre/<uuid:change_id>/", steps.undo_step, name="undo"),
]

story_patterns: list[URLPattern | URLResolver] = [
    path("", reading.show_list, name="list"),
    path("atom.xml", feeds.atom, name="atom"),
    path("feed.json", feeds.json_feed, name="json_feed"),
    path("emne/<slug:tag>/", reading.show_tag, name="tag"),
    path("emne/<slug:tag>/atom.xml", feeds.atom, name="tag_atom"),
    path("emne/<slug:tag>/feed.json", feeds.json_feed, name="tag_json_feed"),
    path("bilder/<uuid:picture_id>.jpg", reading.picture, name="picture"),
    path("bilder/<uuid:picture_id>-liten.jpg", reading.small_picture, name="small_picture"),
    path("nyhetsbrev/", newsletter.show_newsletter, name="newsletter"),
    path("nyhetsbrev/be-om/", newsletter.ask, name="ask_newsletter"),
    path("nyhetsbrev/bekreft/<str:token>/", newsletter.confirm_address, name="confirm_newsletter"),
    path("skriv/", include(writing_patterns)),
    path("<slug:story>/", reading.show_story, name="story"),
]

urlpatterns = [path("<slug:municipality>/historier/", include(story_patterns))]
