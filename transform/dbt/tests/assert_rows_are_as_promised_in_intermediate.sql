{{ promises_of_layer('intermediate') }}
